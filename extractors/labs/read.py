"""The spaCy component `casebook.labs`: laboratory results of a text as `LabMention`s."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.abbreviations.read import definitions
from extractors.base import Context, TimeRef, store
from extractors.factory import register
from extractors.labs import patterns as pt
from extractors.labs.fact import LabMention
from extractors.labs.names import document_names, sentence_names, state_name
from extractors.labs.scan import scan
from extractors.labs.sentence import Name, Reading, Scan, Value
from extractors.labs.si import convert_range
from extractors.labs.states import find_states
from extractors.labs.summary import Requested, exceptions, restated, verdict_on_previous
from extractors.labs.values_of import link_values
from extractors.labs.vocabulary import NameHit, unit_class
from extractors.labs.words_of import link_results, result_flag
from extractors.language.context import context_of
from extractors.language.quantities import Reference
from extractors.text import Sentence, View, view
from extractors.time.lists import with_listed_times
from extractors.time.times import counted_spans, time_behind, time_of

_MAX_QUOTE = 180


class LabExtractor:
    """Finds laboratory results, numeric and qualitative."""

    def find(self, view: View, abbreviations: Mapping[str, str] | None = None) -> list[LabMention]:
        """All laboratory results of a view.

        `abbreviations` maps short forms to the long forms that the paper defines; a short form
        whose long form is a known analyte is read as that analyte.
        """
        hits = document_names(view.text, view.lower, abbreviations)
        starts = [h.start for h in hits]
        out: list[LabMention] = []
        requested = Requested()
        for sentence in view.sentences:
            if sentence.zone.kind == "table":
                continue
            low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            own = [h for h in hits[low:high] if h.end <= sentence.end]  # none that a page break cuts
            names = (
                sentence_names(sentence.text, [h for h in own if not h.term.flag], sentence.start)
                if own
                else []
            )
            out += verdict_on_previous(view, sentence, requested, names)
            if own:
                found = self._sentence(view, sentence, own, names)
                out += found
            requested = Requested(sentence, names) if names else Requested()
        return restated(view, out)

    def _sentence(
        self, view: View, sentence: Sentence, own: list[NameHit], names: list[Name]
    ) -> list[LabMention]:
        states = [
            NameHit(h.start - sentence.start, h.end - sentence.start, h.term) for h in own if h.term.flag
        ]
        out: list[LabMention] = []
        if names or states:
            skip = (
                [(a - sentence.start, b - sentence.start) for a, b in counted_spans(view, sentence)]
                if _DIGIT.search(sentence.text)
                else []
            )
            names = [n for n in names if not any(s.start < n.end and n.start < s.end for s in states)]
            said = [state_name(h, 0) for h in states]
            read = scan(
                sentence.text, sentence.lower, sorted([*names, *said], key=lambda n: n.start), states, skip
            )
            told = [m for r in self._readings(read) if (m := _mention(view, sentence, read, r)) is not None]
            out += with_listed_times(view, sentence, told, _of_list)
        measured = {m.start for m in out if m.rule == "labs.measured-state"}
        out += find_states(view, sentence, [h for h in states if h.start + sentence.start not in measured])
        return out

    def _readings(self, read: Scan) -> list[Reading]:
        values = [
            r for r in link_values(read)
            if not r.name.flag or (r.value and r.value.quantity.unit and r.value.quantity.comparator == "=")
        ]  # fmt: skip
        results = {id(r.name): r for r in link_results(read)}
        out: list[Reading] = []
        seen: set[int] = set()
        for reading in values:
            said = results.get(id(reading.name))
            if (
                said
                and reading.rule == "series"
                and reading.value
                and not reading.later
                and id(reading.name) in seen
            ):
                _like_the_first(read, out[-1], reading)
            elif said and id(reading.name) not in seen and not _said_of_next(values, reading, said):
                reading.flag, reading.flag_span = said.flag, said.flag_span
                reading.later = reading.later or said.later
            elif id(reading.name) not in seen and reading.value:
                _said_between(read, reading, reading.value)
            if reading.name.flag and reading.value and reading.value.quantity.comparator == "=":
                reading.flag, reading.rule = reading.name.flag, "measured-state"
            seen.add(id(reading.name))
            out.append(reading)
        blocked = exceptions(read)
        for key, said in results.items():
            vague = said.later and said.name.analyte.name in _VAGUE
            if (
                key not in seen
                and not said.name.flag
                and key not in blocked
                and not vague
                and _may_stand_alone(read, said)
            ):
                out.append(said)
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions to `doc.spans["labs"]`."""
        return store(doc, "labs", self.find(view(doc), definitions(doc)))


def _of_list(m: LabMention) -> tuple[str, str, bool]:
    return m.analyte, m.specimen, m.value is None


_DIGIT = re.compile(r"\d")
#: "All biochemical parameters normalised" is no result of its own.
_VAGUE = frozenset({"biochemistry", "laboratory tests", "bone turnover markers"})


def _said_of_next(values: list[Reading], reading: Reading, said: Reading) -> bool:
    """Whether a result word is that of the test's next value ("fell to 12 and normalized (9.1)")."""
    if said.flag_span is None or reading.value is None or said.flag_span[0] < reading.value.end:
        return False
    return any(
        r.name is reading.name and r.value is not None and r.value.start >= said.flag_span[1] for r in values
    )


def _said_between(read: Scan, reading: Reading, value: Value) -> None:
    """A result word between name and value that no rule has claimed: "calcium as low as 1.74 mmol/L"."""
    for result in read.results:
        if result.used or not (reading.name.end <= result.start and result.end <= value.start):
            continue
        if result.kind.startswith("changed") and _TO.match(read.text, result.end):
            continue
        flag = result_flag(result.kind, reading.name)
        if flag:
            reading.flag, reading.flag_span = flag, (result.start, result.end)
            reading.later = reading.later or result.kind == "back"


def _like_the_first(read: Scan, first: Reading, reading: Reading) -> None:
    """As in "was repeatedly low (41, 38 and 45 U/L)": the word holds for the list."""
    if first.value and reading.value and _COMMA.fullmatch(read.text[first.value.end : reading.value.start]):
        reading.flag, reading.flag_span = first.flag, first.flag_span


_COMMA = re.compile(r"\s?(?:,|,?\s?and)\s?")
_TO = re.compile(r"\s(?:to|from|by)\b")


def _may_stand_alone(read: Scan, reading: Reading) -> bool:
    """Whether a flag without a value is a result: not of a lone symbol, not in a general statement."""
    name = reading.name
    if (
        name.symbol
        and not any(n is not name and not n.symbol for n in read.names)
        and name.specimen not in ("serum", "plasma", "urine")
    ):
        return False
    span = reading.flag_span or (name.start, name.end)
    left, right = min(span[0], name.start), max(span[1], name.end)
    clause = read.plain[max(0, left - 40) : right]
    if pt.GENERAL_SENTENCE.search(read.plain):
        return False
    return not pt.NEVER_A_RESULT.search(clause)


def _mention(view: View, sentence: Sentence, read: Scan, reading: Reading) -> LabMention | None:
    name, value = reading.name, reading.value
    start, end = _quote(read, reading)
    base = sentence.start
    context = context_of(view, sentence, base + start, base + end)
    if context.general and _only_studies(view.text, context):
        context = replace(context, general=False)
    if not context.about_patient or context.planned:
        return None
    if value is None and context.negated and reading.flag != pt.NORMAL:
        return None
    context = replace(context, negated=False) if context.negated else context
    spot = reading.when or (start, end)
    time = _time_behind(view, sentence, reading) or time_of(view, sentence, base + spot[0], base + spot[1])
    if reading.rule == "adjective" and time and base + start <= time.start and time.end <= base + end:
        time = None  # "increased" as an adjective tells no time
    if reading.earlier:
        time = TimeRef(base + start, base + end, "", phase="baseline")
    if reading.later:
        time = _follow_up(sentence, time, base + start, base + end)
    rule = f"labs.{reading.rule.replace(' ', '-')}"
    pregnancy = time.pregnancy if time else None
    if value is None:
        return LabMention(
            start=base + start, end=base + end, rule=rule, certainty=0.9 * reading.certainty, context=context,
            time=time, analyte=name.analyte.name, specimen=name.specimen,
            flag=reading.flag, pregnancy=pregnancy,
        )  # fmt: skip
    quantity = value.quantity
    analyte, specimen = name.analyte.name, name.specimen
    per = unit_class(quantity.unit_text, "")
    if not specimen and per in ("creatinine", "rate") and name.analyte.kind != "percent":
        specimen = "urine"
    if per == "rate" and name.analyte.urine:
        analyte = name.analyte.urine
    printed = value.reference or name.reference
    unit = quantity.unit_text or (name.unit.text if name.unit else "") or (printed.unit if printed else "")
    reference = _in_unit(analyte, printed, unit)
    flag = reading.flag
    if not flag and reference:
        flag = reference.flag(quantity.value, quantity.comparator)
    certainty = reading.certainty if unit else 0.85 * reading.certainty
    return LabMention(
        start=base + start, end=base + end, rule=rule, certainty=certainty, context=context, time=time,
        analyte=analyte, specimen=specimen, comparator=quantity.comparator, value=quantity.value,
        unit=unit, ref_low=reference.low if reference else None,
        ref_high=reference.high if reference else None, flag=flag, pregnancy=pregnancy,
    )  # fmt: skip


_STUDIES = re.compile(
    r"\b(?:laborator\w+|blood|biochemi\w+|hormon\w+|endocrin\w+|urin\w+|metabolic|serum|h(?:a)?ematolog\w+|iron|immunolog\w+|clotting|diagnostic|"
    r"further|additional|initial|lab|serolog\w+|basic|routine)\s(?:and\s\w+\s)?$", re.I
)  # fmt: skip


def _only_studies(text: str, context: Context) -> bool:
    """Whether what makes a statement general is the word in "laboratory studies"."""
    return bool(context.cues) and all(
        text[a:b].lower() in ("study", "studies", "series") and _STUDIES.search(text, max(0, a - 40), a)
        for a, b in context.cues
    )


def _time_behind(view: View, sentence: Sentence, reading: Reading) -> TimeRef | None:
    """The time expression right behind a value ("... 36 ng/mL and 44 pg/mL at 6 months")."""
    if reading.value is None:
        return None
    end = reading.when[1] if reading.when else reading.value.end
    return time_behind(view, sentence, sentence.start + end)


def _follow_up(sentence: Sentence, time: TimeRef | None, start: int, end: int) -> TimeRef:
    """The time of the second value of a change: later than what came before."""
    if time is None:
        return TimeRef(start, end, "", phase="follow-up")
    return time if time.phase == "follow-up" else replace(time, phase="follow-up")


def _in_unit(analyte: str, reference: Reference | None, unit: str) -> Reference | None:
    """A reference range in the unit of its value; None where it cannot be brought to it."""
    if reference is None or not reference.unit or not unit or reference.unit == unit:
        return reference
    converted = convert_range(analyte, reference.low, reference.high, reference.unit, unit)
    if converted is None:
        return None
    return Reference(reference.start, reference.end, *converted, unit)


def _quote(read: Scan, reading: Reading) -> tuple[int, int]:
    """The stretch that shows a result: name, value, range and result word as far as they stand together."""
    name, value, flag = reading.name, reading.value, reading.flag_span
    if value is not None:
        quantity_end = value.end if value.reference else value.quantity.end
        start, end = min(name.start, value.start), max(name.end, quantity_end)
        if flag and flag[0] < start and start - flag[0] < 60:
            start = flag[0]
        if end - start > _MAX_QUOTE:
            start, end = value.start, quantity_end
        return start, _balanced(read.text, start, end)
    assert flag is not None
    start, end = min(name.start, flag[0]), max(name.end, flag[1])
    return start, _balanced(read.text, start, end)


def _balanced(text: str, start: int, end: int) -> int:
    """The end, one further where a bracket that opens in the stretch closes right behind it."""
    stretch = text[start:end]
    closes = text[end : end + 1]
    if closes in (")", "]") and stretch.count("(") + stretch.count("[") > stretch.count(")") + stretch.count(
        "]"
    ):
        return end + 1
    return end


def _create(nlp: Language, name: str) -> LabExtractor:
    """The spaCy factory of `casebook.labs`."""
    return LabExtractor()


create = register("labs", _create)
