"""The component `casebook.pregnancies`: what is told of each pregnancy of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.drugs.vocabulary import lexicon
from extractors.factory import register
from extractors.language.context import context_of, patient_is_child
from extractors.pregnancies import again, births, nursing, which
from extractors.pregnancies.fact import ABORTION, LIVE, MISCARRIAGE, PregnancyMention
from extractors.pregnancies.said import Said, Which
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, view
from extractors.time.durations import TERM_DAYS
from extractors.time.times import find_times

#: So many sentences a pregnancy's number may be carried on.
_CARRY = 3
#: So many characters from a delivery the gestation may be told.
_GESTATION_REACH = 70
#: Behind a pregnancy that was lost: when that was ("miscarriage at nine weeks"), at most so many days on.
_WEEKS_BEHIND = Glue(r"(?: of (?:her|the|a|this) pregnancy)?,? (?:at|after) (?:about )?[\w-]+ w(?:ee)?ks?")
_EARLY_LOSS = 168
#: Before what is said: it was before, is not yet, or is another's.
_BEFORE = Glue(
    r"\b(?:previous|prior|past|earlier|history of|planned|scheduled|expected|before|until|avoid\w*|"
    r"no indication for|risk of|wish\w* (?:for|to)|want\w* to|decid\w* (?:on|to)) (?:[\w-]+ ){0,2}$"
)
_LOST_BEFORE = Glue(r"\b(?:previous|prior|past|earlier|history of) (?:[\w-]+ ){0,2}$")
#: What is told with a number comes behind what was lost: "two miscarriages before her third pregnancy".
_AFTER_IT = Glue(r" (?:before|prior to|preceding|preceded|then|followed by)\b")
_AFTER = Glue(r"\b(?:after|following) (?:an? |two |three |four |several |\d )?(?:\w+ )?$")
#: The patient is the child: "born at 38 weeks to a G2P1 mother", "the first child of healthy parents".
_OF_A_MOTHER = Glue(
    r"\bborn (?:[\w+.,/-]+ ){0,9}?to (?:an?|the) (?:[\w,/-]+ ){0,8}?(?:mother|woman|primi\w+|gravida|g\d)\b|"
    r"\b(?:child|baby|infant|son|daughter|boy|girl|newborn|neonate) (?:born )?(?:of|to) (?:[\w-]+ ){0,5}?"
    r"(?:parents|couple|marriage)\b"
)
#: A weight is a child's where one is named.
_CHILD = Glue(
    r"\b(?:birth|babe|bab(?:y|ies)|infants?|newborns?|neonates?|boys?|girls?|twins?|sons?|daughters?|child(?:ren)?|"
    r"fo?etus|fo?etuses|males?|females?)\b"
)
_CHILD_REACH = 110
#: Before a pregnancy: there is none yet.
_WISHED = Glue(
    r"\b(?:wish\w*|want\w*|plan\w*|desir\w*|contemplat\w*|consider\w*|hop\w*|advis\w*|future|further) "
    r"(?:[\w-]+ ){0,3}$"
)
#: In a sentence with "weaned": it is a child that is.
_OF_A_CHILD = Glue(r"\b(?:breast|lactat|nurs|bab(?:y|ies)\b|infant|child|sons?\b|daughter|girl|boy\b|twins)")
_OFF = Glue(r"(?:wean\w*)? (?:[\w-]+ )?(?:off|from) ")
_DOSE = Glue(
    r"\d ?(?:mg|mcg|[uµ]g|iu|ml|l/min)\b|\b(?:steroids?|oxygen|ventilat\w+|opioids?|dose|sedation)\b"
)
#: Another woman's pregnancies.
_OF_KIN = Glue(
    r"\b(?:(?<!two )(?<!both )sisters?(?:-in-law)?|mother-in-law|aunts?|cousins?|grandmothers?|"
    r"(?:her|his) (?:own )?mother|nieces?)\b"
)
_NURSED = Glue(r"\b{nurse}\b", SLOTS)
_CLAUSE_ENDS = Glue(r";|,? \b(?:and|but|whereas|while)\b|, ")
#: Rules that tell one pregnancy by its number.
_OF_ONE = frozenset({"nth pregnancy told", which.ELLIPTIC})
#: Somebody is nursing: the word alone may be of medicine in general.
_PERSON = Glue(
    r"\b(?:she|her|i|my|patient|woman|mother|lady|wife|primi\w+|stop\w*|terminat\w*|discontinu\w*|ceas\w*|cessation|interrupt\w*|"
    r"ended|ending|halted|suspend\w*|withdrawn|"
    r"lasted|wean\w*|suppress\w*|inhibit\w*|ablactation|continu\w*|maintain\w*|fully|exclusively|baby|babies|infants?|child|children|son|daughter|boy|girl|twins)\b"
)
_SAID = (*births.BOOKS, nursing.BOOK, again.BOOK)
#: Rules whose number is that of the pregnancy that the text is about.
#: What ended early is another pregnancy than those whose children are counted, or that of "G3P2".
_ENDED_EARLY = frozenset({MISCARRIAGE, ABORTION})
_ANOTHER = Glue(r"\b(?:earlier|previous|prior|past|former|preceding|another|one|further) (?:\w+ )?pregnanc")
_INDEX = frozenset({which.PRIMIGRAVIDA, which.GRAVIDA})


class Pregnancies:
    """Finds what is told of pregnancies; see `extractors.pregnancies`."""

    def find(self, v: View) -> list[PregnancyMention]:
        """One mention per statement, with the number of its pregnancy where the text tells it."""
        out: list[PregnancyMention] = []
        numbered = _numbers_told(v)
        numbers = _Numbers()
        for s in v.sentences:
            told = [said for book in _SAID for said in book.apart(v, s)]
            those = numbered.get(s.index, [])
            if told or those:
                out.extend(_of_sentence(v, s, told, those, numbers))
        return [] if out and (patient_is_child(v) or _OF_A_MOTHER.within(v.lower)) else out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "pregnancies"."""
        return store(doc, "pregnancies", self.find(view(doc)))


def _numbers_told(v: View) -> dict[int, list[tuple[Found, Which]]]:
    """The numbers of pregnancies told, by the index of the sentence.

    "Her second" stands for a pregnancy only where another is told with its number, or children are counted,
    before.
    """
    out: dict[int, list[tuple[Found, Which]]] = {}
    for s in v.sentences:
        told = sorted(which.BOOK.apart(v, s), key=lambda one: one[0].start)
        if any(f.rule.name == which.ELLIPTIC for f, _ in told):
            before = v.previous(s)
            known = before is not None and any(w.number for _, w in out.get(before.index, []))
            named = [f.start for f, w in told if f.rule.name != which.ELLIPTIC and w.number]
            first = s.start if known else min(named, default=s.end)
            told = [(f, w) for f, w in told if f.rule.name != which.ELLIPTIC or f.start >= first]
        if told:
            out[s.index] = told
    return out


class _Numbers:
    """Which pregnancy the text has spoken of last."""

    def __init__(self) -> None:
        self.last: Which | None = None
        self.sentence = -1
        self.zone = -1

    def learn(self, s: Sentence, told: Which) -> None:
        """Take up a number told in a sentence."""
        if told.number is not None or told.later:
            self.last, self.sentence, self.zone = told, s.index, s.zone.start

    def carried(self, s: Sentence) -> Which | None:
        """The number told just before, in the same paragraph."""
        near = s.zone.start == self.zone and 0 <= s.index - self.sentence <= _CARRY
        return self.last if near and self.last and not self.last.of_all else None


def _of_sentence(
    v: View,
    s: Sentence,
    told: list[tuple[Found, Said]],
    those: list[tuple[Found, Which]],
    numbers: _Numbers,
) -> Iterator[PregnancyMention]:
    """What a sentence says, each with the number nearest before it, else behind it, else carried on."""
    for found, said in told:
        mention = _made(v, s, found, said, any(f.rule.name in _OF_ONE for f, _ in those))
        if mention is not None:
            numbered = _numbered(mention, those, numbers, s)
            if found.rule.name != again.OF_A_LATER_ONE or numbered.later or (numbered.pregnancy or 1) > 1:
                yield numbered
    for found, number in those:
        context = context_of(v, s, found.start, found.end)
        wished = _WISHED.within(s.lower, found.start - s.start - 50, found.start - s.start)
        if not context.about_patient or context.planned or wished:
            continue
        numbers.learn(s, number)
        if number.number is None:
            continue
        yield PregnancyMention(
            start=found.start, end=found.end, rule=found.rule.name, context=replace(context, negated=False),
            pregnancy=number.number, of_all=number.of_all, outcome=LIVE if number.birth else "",
            infants=1 if number.child else None, known=number.known,
            index=found.rule.name in _INDEX, certainty=0.8,
        )  # fmt: skip


def _numbered(
    mention: PregnancyMention, those: list[tuple[Found, Which]], numbers: _Numbers, s: Sentence
) -> PregnancyMention:
    if mention.outcome in _ENDED_EARLY:
        those = [(f, w) for f, w in those if not w.birth and f.rule.name not in _INDEX]
        start = mention.start - s.start
        before = (
            _LOST_BEFORE.within(s.lower, start - 50, start)
            or _ANOTHER.within(s.lower, 0, start)
            or _AFTER_IT.behind(s.lower, mention.end - s.start)
            or _AFTER.within(s.lower, start - 30, start)
        )
        if before or (not those and (numbers.last is None or numbers.last.birth)):
            return mention
    told = [w for f, w in those if f.start < mention.end]
    behind = [w for f, w in those if f.start >= mention.end]
    if told and behind:
        own = _in_clause(mention, those, s)
        told = [own] if own else told
    one = told[-1] if told else behind[0] if behind else numbers.carried(s)
    if one is None:
        return mention
    if one.later:
        return replace(mention, later=True)
    if one.every:
        return replace(mention, of_all=True)
    return replace(mention, pregnancy=one.number, of_all=one.of_all)


def _in_clause(mention: PregnancyMention, those: list[tuple[Found, Which]], s: Sentence) -> Which | None:
    """The number that the clause of a statement tells, where it tells one alone."""
    left, right = 0, len(s.lower)
    for end in _CLAUSE_ENDS.pattern.finditer(s.lower):
        if end.end() <= mention.start - s.start:
            left = end.end()
        elif end.start() >= mention.end - s.start:
            right = end.start()
            break
    inside = [w for f, w in those if s.start + left <= f.start and f.end <= s.start + right]
    return inside[0] if len(inside) == 1 else None


def _made(v: View, s: Sentence, found: Found, said: Said, of_one: bool) -> PregnancyMention | None:
    """A mention of what a phrase says, None where it is not told of a pregnancy that took place.

    `of_one`: the sentence tells of one by its number, which may be an earlier one.
    """
    context = context_of(v, s, found.start, found.end)
    advised = found.rule.name == nursing.TOLD_TO_STOP
    lost_before = _had_before(s, found, said, context)
    counts = lost_before or of_one or _lately(v, s, found)
    if context.historical and (said.mode or said.outcome) and not counts:
        return None
    if context.family and _OF_KIN.within(s.lower, 0, found.start - s.start):
        return None
    if context.general or context.uncertain or (not advised and (context.planned or context.negated)):
        return None
    start = found.start - s.start
    if _BEFORE.within(s.lower, start - 50, start) and not lost_before:
        return None
    if said.weight and not _CHILD.within(s.lower, start - _CHILD_REACH, found.end - s.start):
        return None
    if found.rule.name in (nursing.AS_WELL, nursing.NOT_AS_WELL) and not _NURSED.within(s.lower, 0, start):
        return None
    if said.breastfeeding and (not _PERSON.within(s.lower) or _is_off_a_drug(v, s, found)):
        return None
    return PregnancyMention(
        start=found.start, end=found.end, rule=found.rule.name, context=replace(context, family=False),
        certainty=0.9, outcome=said.outcome, delivery_mode=said.mode, infants=said.infants,
        infant_weight_g=said.weight, breastfeeding=said.breastfeeding, breastfeeding_days=said.nursed_days,
        weaned_days_from_delivery=said.weaned_days, recurrence=said.recurrence,
        gestation_days=_gestation(v, s, found) if found.rule.name in births.ENDS else None,
    )  # fmt: skip


def _had_before(s: Sentence, found: Found, said: Said, context: Context) -> bool:
    """Whether a pregnancy of hers that was lost is told as one before: "a previous miscarriage"."""
    if said.outcome not in _ENDED_EARLY or context.family or context.uncertain:
        return False
    start = found.start - s.start
    told = _LOST_BEFORE.within(s.lower, start - 50, start) or _ANOTHER.within(s.lower, 0, start)
    return told is not None or context.historical


def _lately(v: View, s: Sentence, found: Found) -> bool:
    """Whether a birth was so long before the visit as the one that a paper is about: "3 months back"."""
    near = [t for t in find_times(v, s) if 0 <= t.start - found.end <= _GESTATION_REACH]
    return any(t.anchor == "delivery" and (t.days_min or 0) > 0 for t in near)


def _is_off_a_drug(v: View, s: Sentence, found: Found) -> bool:
    """As in "hydrocortisone was weaned over six weeks": a drug told before is weaned and no child."""
    if "wean" not in found.match.group() or _OF_A_CHILD.within(s.lower):
        return False
    if _OFF.behind(s.lower, found.end - s.start) or _OFF.within(s.lower, found.start - s.start):
        return True
    dose = _DOSE.within(s.lower, 0, found.start - s.start)
    return dose is not None or any(hit.end <= found.start for hit in lexicon().in_sentence(v, s))


def _gestation(v: View, s: Sentence, found: Found) -> int | None:
    """Days of gestation told beside a delivery, where they are exact."""
    times = find_times(v, s)
    for time in sorted(times, key=lambda t: max(t.start - found.end, found.start - t.end)):
        apart = v.lower[min(time.end, found.end) : max(time.start, found.start)]
        if ";" in apart:
            continue
        near = max(time.start - found.end, found.start - time.end) <= _GESTATION_REACH
        lost = found.rule.name in births.LOSSES and _WEEKS_BEHIND.fills(v.lower, found.end, time.end)
        if lost and time.since is not None and time.since.low <= _EARLY_LOSS:
            return time.since.low
        if (
            near
            and time.anchor == "gestation"
            and time.days_min is not None
            and time.days_min == time.days_max
            and (found.rule.name != MISCARRIAGE or TERM_DAYS + time.days_min <= _EARLY_LOSS)
        ):
            return TERM_DAYS + time.days_min
    return None


def create(nlp: Language, name: str) -> Pregnancies:
    """The spaCy factory of `casebook.pregnancies`."""
    return Pregnancies()


register("pregnancies", create)
