"""Osteoporosis and fractures in the family, a row for each relative: "her mother had broken her hip"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.base import Context
from extractors.history.fact import ABSENT, FAMILY_FRACTURE, FAMILY_OSTEOPOROSIS, PRESENT, HistoryMention
from extractors.history.vocabulary import SLOTS
from extractors.language.context import clause_bounds, context_of
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Relation, Rule
from extractors.text import Sentence, View

HISTORY = Relation(
    "family history",
    "Osteoporosis or fractures said of the family: there, or denied.",
    says={
        "There was no family history of osteoporosis or fractures.": {
            "factor": FAMILY_FRACTURE, "status": ABSENT
        },
        "Her family history was positive for osteoporosis (mother).": {
            "factor": FAMILY_OSTEOPOROSIS, "status": PRESENT, "relative": "mother"
        },
    },
    silent=("There was no family history of diabetes.", "Osteoporosis may run in families."),
)  # fmt: skip
OF_A_RELATIVE = Relation(
    "relative",
    "A relative who has osteoporosis or has broken a bone.",
    says={
        "Her maternal grandmother had sustained a hip fracture.": {
            "factor": FAMILY_FRACTURE, "relative": "maternal grandmother"
        },
        "Her mother had postmenopausal osteoporosis.": {"factor": FAMILY_OSTEOPOROSIS, "relative": "mother"},
    },
    silent=("Her mother had asthma.", "The mother had osteoporosis."),
)  # fmt: skip
_NOTHING = "nothing"
#: Where the family is spoken of.
ANCHORS = Book(
    "history.family",
    (
        Rule(
            "family history named",
            r"\b(?:family|familial|familiar|hereditary) (?:medical |clinical |and personal |or personal )?"
            r"(?:history|hx|background|anamnesis|predisposition)\b|"
            r"\b(?:family members?|(?:any|no|first[- ]degree|close|other) relatives?|relatives|"
            r"in (?:her|his|the|my) family|runs? in the family|fhx?|(?<!\S)family(?= ?[:=])|neither (?:of "
            r"(?:her|the) )?"
            r"parents?|"
            r"parental (?:history|hx)|parental(?= (?:[\w-]+ )?(?:fractur|fx|osteop)))\b",
            says={
                "There was no family history.": "family history",
                "nor any relative": "any relative",
                "in her family": "in her family",
                "no parental hip fracture": "parental",
            },
            silent=("The family was informed.", "a related history", "parental consent"),
        ),
        Rule(
            "relative named",
            r"\b{possessor} (?:\d\d[- ]year[- ]old |elderly |late |own |elder |older |younger |two |both )?"
            r"(?P<who>{relative}(?!'s? (?:{relative}|side|family)|s' {relative}|s?[- ]in[- ]law)"
            r"(?:,? (?:and )?(?:her |his |an? )?{relative})*)"
            r"(?:'s)?\b(?: ?\([^()]{0,40}\))?",
            lambda m: m["who"],
            says={"Her mother had osteoporosis.": "mother", "His maternal aunt fell.": "maternal aunt"},
            silent=("A mother of two had osteoporosis.", "Her mother-in-law had osteoporosis."),
        ),
        Rule(
            "relative without an article",
            r"(?<=\bin )(?P<who>(?!siblings|parents|grandparents|sisters|brothers|cousins|mother "
            r"of){relative}"
            r"(?:,? (?:and )?(?:her |his |an? )?{relative})*)\b",
            lambda m: m["who"],
            says={"Osteoporosis in mother and maternal grandmother.": "mother and maternal grandmother"},
            silent=("Osteoporosis in siblings was studied.", "in her mother"),
        ),
        Rule(  # notes leave out whose: "Paternal grandmother with hip fracture", "Mum # NOF at 74"
            "relative opens a note",
            r"^(?:both |one |an? )?(?P<who>(?!mother\b){relative})"
            r"(?= (?:with|had|has|have|who|is|was|on (?:her|his|the)|broke|fractured|sustained|suffer(?:s|"
            r"ed)|also|treated|diagnosed|"
            r"known)\b| #)",
            lambda m: m["who"],
            says={
                "Paternal grandmother with hip fracture.": "paternal grandmother",
                "Both grandmothers had sustained hip fractures.": "grandmothers",
                "Mum # NOF at 74.": "mum",
            },
            silent=("Mother had osteoporosis.", "Sister-in-law had osteoporosis."),
        ),
    ),
    SLOTS
    | {
        "possessor": (
            r"(?:her|his|their|my|patient's|patients'|sisters'|brothers'|siblings'|whose|the|"
            r"(?:an?|one)"
            r"(?= (?:maternal|paternal|(?:grand)?aunt|uncle|cousin|grand\w+)\b))"
        )
    },
)
_OF_ONE = frozenset({"relative named", "relative without an article", "relative opens a note"})
#: A relative's everyday name and the plain one.
_PLAIN = {"mum": "mother", "mom": "mother", "mam": "mother", "dad": "father", "grandma": "grandmother"}
#: What of the family counts.
TARGETS = Book(
    "history.family targets",
    (
        Rule(
            "osteoporosis in the family",
            r"\b(?P<what>(?:(?:post-?menopausal|severe|early|juvenile|idiopathic|premenopausal) ){0,2}"
            r"(?:osteoporosis|osteoporotic(?! fracture)|osteopenia|low bone (?:mass|density|mineral density)|"
            r"(?:metabolic )?bone (?:disease|disorder|disorders|diseases|fragility)|skeletal fragility|"
            r"brittle bones?))\b",
            lambda m: FAMILY_OSTEOPOROSIS,
            says={"family history of osteoporosis": FAMILY_OSTEOPOROSIS},
            silent=("osteoporotic fractures",),
        ),
        Rule(
            "fracture in the family",
            r"\b(?P<what>(?:{of a fracture} ){0,4}(?:fractur(?:es?|ed)|fxs?|broken|broke|breaks)"
            r"(?: (?:of|in) (?:the |her |his )?(?:[\w-]+ ){0,2}?(?:{broken bone}|[tl]\d{1,2})\b|"
            r" (?:her|his|an?) (?:[\w-]+ ){0,2}?{broken bone}\b)?)",
            lambda m: FAMILY_FRACTURE,
            says={"her mother broke her hip": FAMILY_FRACTURE},
            silent=("osteoporosis",),
        ),
        Rule(
            "fracture sign in the family",
            r"(?P<what># ?(?:of )?(?:the |her )?(?:[\w-]+ ){0,2}?{broken bone}\b)",
            lambda m: FAMILY_FRACTURE,
            says={"her mother had a # neck of femur": FAMILY_FRACTURE},
            silent=("ward #3",),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: Relatives behind a factor: "(mother and grandmother)", "in her mother".
_WHO = Book(
    "history.family who",
    (
        Rule(
            "whose it is",
            r"\b{relative}\b",
            says={"in her mother": "mother", "(maternal grandmother)": "maternal grandmother"},
            silent=("motherhood",),
        ),
    ),
    SLOTS,
    seldom=True,
)
BOOKS = (ANCHORS, TARGETS, _WHO)
#: Between relative and factor: it is told of somebody else, or is no telling.
_NOT_HERS = Glue(
    r"\b(?:she|he|patient|who had no|risk|screen\w*|test\w*|report(?:ed)? that (?:she|he)|gave birth|"
    r"delivered|informed|child|baby|infant|son|daughter)\b|[;]"
)
#: Between: a denial of the relative's own.
#: What is told of a relative beside: "my grandmother, she is 84, broke her hip".
_ASIDE = Glue(r",? (?:she|he|who) (?:is|was) [^,;]{1,30},")
#: Right behind a relative: it is told of that one.
_HAS = Glue(
    r" (?:\w+ly |also |both )?(?:suffer(?:s|ed)?|had|has|have|is|are|was|were|developed|underwent|with|broke|"
    r"fractured|sustained)\b| ?#"
)
_DENIED = Glue(r"\b(?:no|not|without|never|denied|neither|none|nor|negative|normal)\b")
_NOR = Glue(r"\b(?:neither|nor|none|not) (?:of )?$")
_NO_FAMILY = Glue(
    r"\b(?:no|not|without|neither|nor|none|never|denied|negative|neg|absence of|lack of|free of|nil|"
    r"(?:unremarkable|non-?contributory|not contributory|insignificant|irrelevant|uneventful)"
    r"(?!,? (?:except|apart|but|other than|save|aside|besides)))\b"
)
#: Right behind a factor: a note's sign, or that it was asked for in vain.
_NO_BEHIND = Glue(
    r" ?\((?:-|–|−|no|none|negative|nil|absent|denied)\)| (?:was|were) (?:absent|negative|denied)\b|"
    r" could not be (?:elicited|found|established)\b"
)
#: Between a factor and the relatives behind it who have it: "had occurred in", "(" and the like.
_OF_WHOM = Glue(
    r"(?: (?:(?:was|were|is|had|has|have|been|known|present|diagnosed|found|occurred|reported|also|both|"
    r"documented|seen|noted) ){0,4}(?:in|of|by|affecting)(?: both)?) $"
)
#: Characters between the family's word and a factor, and from a factor to whose it is.
_REACH, _WHO_REACH = 160, 90


def of_family(v: View, s: Sentence) -> Iterator[HistoryMention]:
    """What a sentence says of osteoporosis and fractures in the family."""
    anchors = list(ANCHORS.find(v, s))
    if not anchors:
        return
    targets = sorted(TARGETS.find(v, s), key=lambda f: f.start)
    if not targets:
        return
    for target in targets:
        # the nearest before it counts, else one behind it
        near = sorted(anchors, key=lambda f: (f.start > target.start, abs(f.start - target.start)))
        for anchor in near:
            named = anchor.rule.name in _OF_ONE
            made = list((_of_relative if named else _of_history)(v, s, anchor, target))
            if made:
                yield from made
                break


def _of_history(v: View, s: Sentence, anchor: Found, target: Found) -> Iterator[HistoryMention]:
    """A factor behind "family history" in its clause, or just before "in her family"."""
    left, right = clause_bounds(s, anchor.start, anchor.end)
    inside = anchor.end <= target.start <= min(right, anchor.end + _REACH) or (
        left <= target.start < anchor.start and anchor.start - target.end < 60
    )
    if not inside:
        return
    between = v.lower[min(anchor.end, target.end) : max(anchor.start, target.start)]
    if _NOT_HERS.within(between, 0, len(between)):
        return
    context = context_of(v, s, target.start, target.end)
    begin = max(left, min(anchor.start, target.start) - 60)
    denied = (
        context.negated
        or _NO_BEHIND.behind(v.lower, target.end) is not None
        or _NO_FAMILY.within(v.lower, begin, max(anchor.start, target.start)) is not None
    )
    if denied:
        yield _made(s, v, anchor, target, ABSENT, "", context)
        return
    further = [t.start for t in TARGETS.find(v, s) if t.start > target.end]
    right = min([right, target.end + _WHO_REACH, *further])
    who = [f for f in _WHO.find(v, s) if target.end <= f.start < right]
    who = who or [f for f in _WHO.find(v, s) if anchor.end <= f.start < target.start]
    for name in dict.fromkeys(v.lower[f.start : f.end] for f in who) or [""]:
        yield _made(s, v, anchor, target, PRESENT, name, context)


def _of_relative(v: View, s: Sentence, anchor: Found, target: Found) -> Iterator[HistoryMention]:
    """A factor that a relative has, who stands before it in its clause."""
    if target.end <= anchor.start:
        yield from _in_relatives(v, s, anchor, target)
        return
    aside = _ASIDE.behind(v.lower, anchor.end)
    end = aside.end() if aside else anchor.end
    right = clause_bounds(s, anchor.start if not aside else end, end)[1]
    if not end <= target.start <= min(right, end + _REACH):
        return
    between = v.lower[end : target.start]
    if _NOT_HERS.within(between, 0, len(between)) or _DENIED.within(between, 0, len(between)):
        return
    context = context_of(v, s, target.start, target.end)
    if _NOR.within(v.lower, max(s.start, anchor.start - 12), anchor.start):
        yield _made(s, v, anchor, target, ABSENT, "", context, OF_A_RELATIVE)
    has = not v.lower.startswith("the ", anchor.start) and _HAS.behind(v.lower, end) is not None
    if context.negated or not (context.family or aside or has):
        return
    yield from _each(v, s, anchor, target, context)


def _in_relatives(v: View, s: Sentence, anchor: Found, target: Found) -> Iterator[HistoryMention]:
    """A factor with the relatives right behind it: "hip fractures had occurred in her mother and aunt"."""
    between = v.lower[target.end : anchor.start]
    if v.lower.startswith("the mother", anchor.start) or not between.strip():
        return
    context = context_of(v, s, target.start, target.end)
    if _OF_WHOM.fills(between, 0, len(between)) and not context.negated:
        yield from _each(v, s, anchor, target, context)


def _each(
    v: View, s: Sentence, anchor: Found, target: Found, context: Context
) -> Iterator[HistoryMention]:
    """A mention for each relative of a list."""
    begin, stop = anchor.match.span("who")
    for f in _WHO.find(v, s):
        if s.start + begin <= f.start < s.start + stop:
            yield _made(s, v, anchor, target, PRESENT, v.lower[f.start : f.end], context, OF_A_RELATIVE)


def _made(
    s: Sentence,
    v: View,
    anchor: Found,
    target: Found,
    status: str,
    relative: str,
    context: Context,
    relation: Relation = HISTORY,
) -> HistoryMention:
    """A mention; what is said of her family is said of her."""
    factor = str(target.read())
    start, end = min(anchor.start, target.start), max(anchor.end, target.end)
    return HistoryMention(
        start=start, end=end, rule=relation.name, factor=factor, status=status,
        relative=_PLAIN.get(relative, relative),
        detail=_detail(v.text[target.start : target.end], factor) if status == PRESENT else "",
        context=replace(context, family=False, negated=False, historical=False),
    )  # fmt: skip


def _detail(words: str, factor: str) -> str:
    told = " ".join(words.split())
    return "" if told.lower() in ("osteoporosis", "fracture", "fractures", "fractured") else told
