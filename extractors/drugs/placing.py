"""Which frequency, route and duration belongs to which drug.

The words between two anchors belong to the anchor before, unless they lead over to the next one ("oral",
"a single infusion of"). In a list the last member's frequency counts for the members before it that
have a dose and none of their own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.drugs.anchors import Anchor, around, before, behind, joined
from extractors.drugs.durations import Duration
from extractors.drugs.frequency import Frequency
from extractors.drugs.gaps import fills
from extractors.drugs.routes import Route
from extractors.drugs.vocabulary import cue_words
from extractors.rules.rule import Glue

Item = Frequency | Route | Duration

#: How far an item may stand from its anchor: behind it, and before it (characters, words).
_BEHIND_WITHIN, _BEHIND_WORDS = 80, 9
_AHEAD_WITHIN, _AHEAD_WORDS = 45, 5
_STOP = Glue(
    r";|:(?! yes\b)|\b{stop}\b|\bwhich(?! (?:was|were|had been|has been|is) (?:\w+ly )?"
    r"(?:given|taken|administered|injected|infused|used|prescribed))\b",
    {"stop": cue_words("stop")},
)
#: "and oral | administration of": the words lead on to another treatment, whatever its name.
#: A route as an adjective, whose noun is that of the drug's own treatment or none: not "oral aphthosis".
_ADJECTIVE = re.compile(r"[a-z-]*(?:al|ous|ar|ed)")
_OWN_NOUN = Glue(
    r"(?: \([a-z.]{1,6}\))?(?:[^ \w-]| \W| ?$| (?:{behind a route})\b)",
    {"behind a route": cue_words("behind a route")},
)
#: Before an adjective with such a noun: another treatment, or one that was not wanted.
_ANOTHER = re.compile(
    r"\b(?:with|and|plus|or|by) (?:[a-z]+ive |[a-z]*[- ]dose |additional |further |other )?$|"
    r"\b(?:not|refus\w+|declin\w+|without|instead of|rather than|unwilling)\b"
)
_TREATMENT = re.compile(r" (?:therapy|treatment|medications?|drugs?|agents?|antibiotics?)\b")
_AND_NEXT = Glue(
    r" (?:administration|intake|use|supplementation|treatment|therapy|doses?|tablets?) (?:of|with)\b"
)
_LEAD_STOP = Glue(r"[,;.()]|\b{stop}\b", {"stop": cue_words("lead stop")})
#: "..., by name": a form and a comma lead to the name ("a daily injection, Forsteo").
_FORM_COMMA = re.compile(
    r"\s(?:oral |subcutaneous )?(?:injections?|tablets?|infusions?|capsules?|pills?|spray|drip),\s$"
)
#: "X followed by a single infusion of Y", "X by weekly Y": the words lead to the next drug.
_LEADS = re.compile(r"\b(?:followed|by|then|to|from|on|with|using|[a-z]*ing)\b|,")
#: "A was injected for a year | along with B": so long A was.
_BESIDES = re.compile(
    r",? (?:(?:along|together|concomitantly|concurrently|simultaneously|in combination|combined) with|"
    r"in addition to|as well as|alongside)\b"
)
_OFTEN = re.compile(r"dai|day|hour|needed|night|morning|evening|meal")
#: Behind a frequency: what follows is a list of doses.
_OF_A_LIST = re.compile(
    r"\s(?:oral\s|supplemental\s|supplementary\s)?"
    r"(?:intake|doses?|dosages?|administration|supplementation|supplements?|treatment)\s(?:of|with)\b"
)
_EACH = re.compile(r"\b(?:both|each|all)\s$")
#: Behind a list: the verb of its subject goes on ("..., and was continued for a year").
_GOES_ON = re.compile(r"\)?,? (?:and|which) (?:was|is|has been) ")
_WAS_WITH = re.compile(r"\b(?:was|is|has been)\b.{0,60}\bwith\b")
#: "A and B were both given by mouth": the words between the last name and a route that is that of all.
_WAS = re.compile(r"\bwas (?:\w+ )?(?:given|administered|started|initiated|commenced|used|infused)\b")
_COMBINED = re.compile(
    r"\b(?:combin(?:ation|ed (?:therapy|treatment))|association|regimen|cocktail) (?:of|with) [^.;]{0,60}$"
)
_ALL_WERE = re.compile(r"\b(?:were|are|had been|have been)\b|\b(?:both|each|all)\b")


def place(lower: str, anchors: list[Anchor], items: list[Item]) -> None:
    """Give each item to the anchor that it lies in, leads to or follows. `lower` is the sentence."""
    flat = sorted((x for a in anchors for x in (a, *a.steps)), key=_begin)
    for item in reversed(items):  # from the end, so that a leading item may lead to a leading item
        owner = _owner(lower, flat, item, _run_start(items, item))
        if owner is not None:
            owner.start = min(owner.start, item.start)
            _give(owner, item)
    for item in items:
        owner = _follower(lower, flat, item)
        if owner is not None:
            _give(owner, item)


def _begin(anchor: Anchor) -> int:
    return anchor.start


def _run_start(items: list[Item], item: Item) -> int:
    """Where the items begin that stand right before a duration: "600 mg | 8 hourly for 7 days with B"."""
    start = item.start
    if isinstance(item, Duration):
        for other in reversed(items):
            if other.end == start - 1:
                start = other.start
    return start


def _owner(lower: str, flat: list[Anchor], item: Item, since: int) -> Anchor | None:
    """The anchor that an item lies in or leads over to; `since` is where its run of items begins."""
    own = around(flat, item.start)
    if own is not None and item.end <= own.end:
        return own
    i = behind(flat, item.start)
    if i == len(flat):
        return None
    if flat[i].start < item.end:
        return flat[i]
    return flat[i] if _leads_to(lower, flat, i, item) and not _trails(lower, flat, since) else None


def _leads_to(lower: str, flat: list[Anchor], i: int, item: Item) -> bool:
    gap = lower[item.end : flat[i].start]
    if i and isinstance(item, Duration) and _BESIDES.match(gap):
        return False
    if (
        len(gap) <= _AHEAD_WITHIN
        and len(gap.split()) <= _AHEAD_WORDS
        and not _LEAD_STOP.within(gap, 0, len(gap))
    ):
        return True
    if isinstance(item, Route) and gap.strip() in ("(", "[", ":"):
        return True  # "treatment IV (A and B)"
    return i == 0 and bool(_FORM_COMMA.fullmatch(gap))


def _trails(lower: str, flat: list[Anchor], place: int) -> bool:
    """Whether a place is behind another anchor with nothing but its own regimen's words between."""
    i = before(flat, place)
    if i < 0:
        return False
    gap = lower[flat[i].end : place]
    return not gap.strip(" ,(/") or (fills(gap) and not _LEADS.search(gap))


def _follower(lower: str, flat: list[Anchor], item: Item) -> Anchor | None:
    """The anchor before an item, if nothing but its own regimen comes between."""
    i = before(flat, item.start)
    if i < 0 or around(flat, item.start) is not None or _AND_NEXT.behind(lower, item.end):
        return None
    gap = lower[flat[i].end : item.start]
    if len(gap) > _BEHIND_WITHIN or len(gap.split()) > _BEHIND_WORDS or _STOP.within(gap, 0, len(gap)):
        return None
    if isinstance(item, Route) and _is_of_another(lower, gap, item):
        return None
    return _subject(lower, flat, i) if _GOES_ON.match(gap) else flat[i]


def _is_of_another(lower: str, gap: str, route: Route) -> bool:
    """Whether a route behind a drug is that of something else: "A and an oral aphthosis", "B in combination
    with topical treatment"."""
    if not _ADJECTIVE.fullmatch(lower, route.start, route.end):
        return False
    if gap.endswith(" without "):
        return True
    if _OWN_NOUN.behind(lower, route.end) is None:
        return True
    return _ANOTHER.search(gap) is not None and _TREATMENT.match(lower, route.end) is not None


def _subject(lower: str, flat: list[Anchor], i: int) -> Anchor:
    """Whose verb goes on behind the list that ends with anchor `i`: "A was started together with B and C,
    and was continued" speaks of A."""
    for k in range(i - 1, -1, -1):
        if not joined(lower, flat[k], flat[k + 1]) and not _WAS_WITH.search(
            lower, flat[k].end, flat[k + 1].start
        ):
            break
        if _WAS_WITH.search(lower, flat[k].end, flat[k + 1].start):
            return flat[k]
    return flat[i]


def _give(anchor: Anchor, item: Item) -> None:
    """Give an item to an anchor that has none of its kind yet, or a lesser one."""
    if isinstance(item, Frequency):
        if anchor.frequency is not None and (item.text != "as needed" or anchor.frequency.text == item.text):
            return
        anchor.frequency = item
    elif isinstance(item, Route):
        if anchor.route is not None and (item.form or not anchor.route.form):
            return
        anchor.route = item
    else:
        if anchor.duration is not None:
            return
        anchor.duration = item
    anchor.end = max(anchor.end, item.end)


# ------------------------------------------------------------------ one frequency for a list
def share(lower: str, anchors: list[Anchor]) -> None:
    """The frequency behind a list counts for the members before it that have a dose alone; one in front
    of a list counts for those that go on with it."""
    for here, after in reversed(list(pairwise(anchors))):
        if not here.frequency and after.frequency and joined(lower, here, after):
            _share_back(lower, here, after, after.frequency)
    for here, after in reversed(list(pairwise(anchors))):
        if not here.route and after.route and joined(lower, here, after) and _of_all(lower, after):
            here.route = after.route
    for here, after in pairwise(anchors):
        if _leads_list(lower, here) and _goes_on(lower, here, after) and joined(lower, here, after):
            after.frequency, after.shared = here.frequency, True


def _of_all(lower: str, last: Anchor) -> bool:
    """Whether the route behind a list's last member is that of the whole list."""
    route = last.route
    return route is not None and bool(
        _ALL_WERE.search(lower, last.name_end, route.start)
        or (_WAS.search(lower, last.name_end, route.start) and _COMBINED.search(lower, 0, last.name_start))
    )


def _share_back(lower: str, here: Anchor, after: Anchor, frequency: Frequency) -> None:
    each = _EACH.search(lower, max(0, frequency.start - 6), frequency.start)
    if each and not (after.shared and each.group().startswith("both")):
        here.frequency, here.shared = frequency, True
    if each:
        return
    if here.dose is None or (after.dose and ("/" in here.dose.unit) != ("/" in after.dose.unit)):
        return  # what is counted per body weight or surface has a scheme of its own
    behind_all = frequency.start >= max(after.name_end, after.dose.end if after.dose else 0)
    if after.shared or (after.dose and behind_all and _taken_alike(after)):
        here.frequency, here.shared = frequency, True


def _taken_alike(anchor: Anchor) -> bool:
    """Whether a frequency may hold for a whole list: "weekly" is that of the last ("calcium 1 g and
    alendronate 70 mg weekly") unless doses are counted per body weight or surface."""
    frequency, dose = anchor.frequency, anchor.dose
    daily = frequency is not None and _OFTEN.search(frequency.text) is not None
    return daily or (dose is not None and "/" in dose.unit)


def _leads_list(lower: str, anchor: Anchor) -> bool:
    """Whether a frequency in front leads a whole list: "a daily intake of 5 mg of A and 200 mg of B"."""
    frequency, dose = anchor.frequency, anchor.dose
    if frequency is None or dose is None or frequency.end > min(dose.start, anchor.name_start):
        return False
    if anchor.shared or _OF_A_LIST.match(lower, frequency.end):
        return True
    # "daily losartan 50 mg and amlodipine 10 mg"
    return frequency.text == "daily" and lower[frequency.end : anchor.name_start] == " "


def _goes_on(lower: str, here: Anchor, anchor: Anchor) -> bool:
    """Whether a drug goes on with such a list: "and 200 mg of B" behind "5 mg of A", "B 20 mg" behind
    "A 5 mg"."""
    lead, dose = here.dose, anchor.dose
    if anchor.frequency is not None or dose is None or lead is None:
        return False
    if lead.start >= here.name_end:
        return dose.start >= anchor.name_end
    return lower[dose.end : anchor.name_start].strip() == "of"
