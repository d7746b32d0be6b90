"""The spaCy component `casebook.labs`: laboratory results of a text as `LabMention`s."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.abbreviations.read import definitions
from extractors.base import Context, TimeRef, store
from extractors.factory import register
from extractors.labs import glue
from extractors.labs.changes import changed_then, only_less
from extractors.labs.detached import with_range_behind
from extractors.labs.fact import LabMention
from extractors.labs.letters import told_by_letters
from extractors.labs.misspelt import misspelt_states
from extractors.labs.names import cells_of_a_fluid, document_names, in_urine, sentence_names, state_name
from extractors.labs.parts import parts
from extractors.labs.readings import readings_of
from extractors.labs.relations import ADJECTIVE, MEASURED_STATE
from extractors.labs.scan import scan
from extractors.labs.sentence import Name, Reading, Scan, Value
from extractors.labs.shared import deficiencies, shared_nouns
from extractors.labs.sharing import share_units
from extractors.labs.si import range_of
from extractors.labs.states import find_states
from extractors.labs.summary import Requested, restated, verdict_on_previous
from extractors.labs.unknown import may_hold_unknown, unknown_names
from extractors.labs.vocabulary import OPEN, NameHit, names_of, unit_class
from extractors.language.context import context_of, patient_is_child
from extractors.language.quantities import flag_of
from extractors.text import Sentence, View, view
from extractors.time.lists import with_listed_times
from extractors.time.times import counted_spans, time_behind, time_of
from extractors.time.years import bracketed_dates, with_years

#: Characters; a name and a value further apart are not quoted together.
_MAX_QUOTE = 180


class LabExtractor:
    """Finds laboratory results, numeric and qualitative."""

    def find(self, view: View, abbreviations: Mapping[str, str] | None = None) -> list[LabMention]:
        """All laboratory results of a view.

        `abbreviations` maps short forms to the long forms that the paper defines; a short form
        whose long form is a known analyte is read as that analyte.
        """
        out: list[LabMention] = []
        requested = nothing = Requested()
        since = 0
        for sentence, named in zip(view.sentences, document_names(view, abbreviations), strict=True):
            if sentence.zone.kind == "table":
                continue
            letters = list(told_by_letters(view, sentence))
            taken = [(m.start - sentence.start, m.end - sentence.start) for m in letters]
            known = [h for h in named if not any(h.start < b and a < h.end for a, b in taken)]
            hits = _with_others(view, sentence, known)
            names = sentence_names(sentence.text, sentence.lower, hits) if hits else []
            if not names and since < len(out):
                with_range_behind(sentence, out, since)
            since = len(out)
            out += verdict_on_previous(view, sentence, requested, names)
            if hits or may_hold_unknown(view, sentence):
                out += _told(view, sentence, hits, names, taken)
            out += letters
            requested = Requested(sentence, _untold(sentence, names, out[since:])) if names else nothing
        return restated(view, with_years(view, out, _of_test))

    def of_names(self, view: View, sentence: Sentence, new: list[NameHit]) -> list[LabMention]:
        """The results of a sentence under `new` names (offsets of it), which are read like listed ones."""
        listed = names_of(view, sentence)
        known = [h for h in listed if not any(h.start < n.end and n.start < h.end for n in new)]
        hits = _with_others(view, sentence, sorted([*known, *new], key=lambda h: h.start))
        names = {n.term.analyte.name for n in new}
        told = _told(view, sentence, hits, sentence_names(sentence.text, sentence.lower, hits))
        return [m for m in told if m.analyte in names]

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions to `doc.spans["labs"]`."""
        return store(doc, "labs", self.find(view(doc), definitions(doc)))


def _with_others(view: View, sentence: Sentence, hits: list[NameHit]) -> list[NameHit]:
    """The names and words of a sentence with those that no list has."""
    found = [*misspelt_states(view, sentence, hits), *unknown_names(view, sentence, hits)]
    cut = [*parts(view, sentence, hits), *shared_nouns(sentence.lower, hits)]
    if "cell" in sentence.lower:
        cut += cells_of_a_fluid(sentence.lower, hits)
    if cut:
        hits = [h for h in hits if not any(h.start < c.end and c.start < h.end for c in cut)]
    every = sorted([*hits, *found, *cut], key=lambda h: h.start) if found or cut else hits
    return deficiencies(view, sentence, every)


def _told(
    view: View,
    sentence: Sentence,
    hits: list[NameHit],
    names: list[Name],
    taken: Sequence[tuple[int, int]] = (),
) -> list[LabMention]:
    """The results of a sentence with names of tests, or words that state a result.

    What stands at `taken` is told already.
    """
    states = [h for h in hits if h.term.flag]
    if not names and not states and not may_hold_unknown(view, sentence):
        return []
    skip = list(taken)
    if _DIGIT.search(sentence.text):
        skip += [(a - sentence.start, b - sentence.start) for a, b in counted_spans(view, sentence)]
        skip += bracketed_dates(sentence)
    names = [n for n in names if not any(s.start < n.end and n.start < s.end for s in states)]
    every = sorted([*names, *map(state_name, states)], key=lambda n: n.start)
    read = scan(view, sentence, every, states, skip)
    readings = readings_of(read)
    told = [m for r in readings if (m := _mention(view, sentence, read, r)) is not None]
    told = share_units(view.text, told)
    out = with_listed_times(view, sentence, told, _of_list)
    measured = {m.start for m in out if m.rule == MEASURED_STATE.name}
    return out + find_states(view, sentence, [h for h in states if h.start + sentence.start not in measured])


def _untold(sentence: Sentence, names: list[Name], told: list[LabMention]) -> list[Name]:
    """The names of a sentence of which it says nothing itself."""
    values = [(m.start - sentence.start, m.end - sentence.start) for m in told if m.value is not None]
    return [n for n in names if not any(a < n.end and n.start < b for a, b in values)]


def _of_list(m: LabMention) -> tuple[str, str, bool]:
    return m.analyte, m.specimen, m.value is None


def _of_test(m: LabMention) -> tuple[str, str]:
    return m.analyte, m.specimen


_DIGIT = re.compile(r"\d")


def _mention(view: View, sentence: Sentence, read: Scan, reading: Reading) -> LabMention | None:
    start, end = (sentence.start + at for at in _quote(read, reading))
    context = _context(view, sentence, reading, start, end)
    if context is None:
        return None
    time = _time(view, sentence, reading, start, end)
    if only_less(read, reading, time):
        return None
    name = _of_sediment(sentence, reading)
    certainty = reading.certainty * (0.7 if name.analyte.kind == OPEN else 1)
    mention = LabMention(
        start=start, end=end, rule=reading.relation.name, certainty=certainty, context=context,
        time=time, analyte=name.analyte.name, specimen=name.specimen, flag=reading.flag,
        pregnancy=time.pregnancy if time else None,
    )  # fmt: skip
    if reading.value is None:
        return replace(mention, certainty=0.9 * certainty)
    return _with_value(mention, name, reading.value, reading.shared)


def _of_sediment(sentence: Sentence, reading: Reading) -> Name:
    """The test of a reading, in urine where cells are told by a field of the microscope."""
    name, value = reading.name, reading.value
    field = value is not None and value.quantity.unit_text.endswith(("/HPF", "/LPF"))
    return in_urine(name) if field and name.analyte.urine and "urin" in sentence.lower else name


def _with_value(mention: LabMention, name: Name, value: Value, shared: bool) -> LabMention:
    """A mention with a value, its unit and range; the unit may tell the specimen, the range the flag.

    A flag that was told of a list (`shared`) yields to the range of its own.
    """
    quantity = value.quantity
    analyte, specimen = name.analyte.name, name.specimen
    per = unit_class(quantity.unit_text, "")
    if not specimen and per in ("creatinine", "rate") and name.analyte.kind != "percent":
        specimen = "urine"
    if per == "rate" and name.analyte.urine:
        analyte = name.analyte.urine
    printed = value.reference or name.reference
    unit = quantity.unit_text or (name.unit.text if name.unit else "") or (printed.unit if printed else "")
    reference = range_of(analyte, printed, quantity.value, unit)
    low, high = (reference.low, reference.high) if reference else (None, None)
    by_range = flag_of(quantity.value, quantity.comparator, low, high)
    return replace(
        mention, analyte=analyte, specimen=specimen, comparator=quantity.comparator, value=quantity.value,
        unit=unit, ref_low=low, ref_high=high, certainty=mention.certainty * (1 if unit else 0.85),
        flag=(shared and by_range) or mention.flag or by_range,
    )  # fmt: skip


def _context(view: View, sentence: Sentence, reading: Reading, start: int, end: int) -> Context | None:
    """The context of a result, None where it is no result of the patient."""
    context = context_of(view, sentence, start, end)
    if context.general and _only_of_the_laboratory(view, context):
        context = replace(context, general=False)
    if not context.about_patient or context.planned or _of_a_relative(view, sentence, reading):
        return None
    if reading.value is None and context.negated and reading.flag != "normal":
        return None
    return replace(context, negated=False) if context.negated else context


def _of_a_relative(view: View, sentence: Sentence, reading: Reading) -> bool:
    """Whether words before a name, or up to what is told, make it a relative's: "calcium of the infant"."""
    head, behind = reading.name.head
    if patient_is_child(view):
        return False  # whose mother may be a patient as well
    if glue.AT_BIRTH.within(sentence.lower, head - 40, head):
        return True
    last = reading.flag_span if reading.value is None else (reading.value.start, reading.value.quantity.end)
    if last is None or last[0] < behind:
        return False
    told = context_of(view, sentence, sentence.start + last[0], sentence.start + last[1])
    between = any(behind <= a - sentence.start and b - sentence.start <= last[0] for a, b in told.cues)
    return told.family and between


def _time(view: View, sentence: Sentence, reading: Reading, start: int, end: int) -> TimeRef | None:
    """The time of a result at [start, end), with what a change tells of it."""
    if reading.earlier:
        return TimeRef(start, end, "", phase="follow-up" if reading.later else "baseline")
    spot = (start, end)
    if reading.when:
        spot = (sentence.start + reading.when[0], sentence.start + reading.when[1])
    time = _time_behind(view, sentence, reading) or time_of(view, sentence, *spot)
    if reading.relation is ADJECTIVE and time and start <= time.start and time.end <= end:
        time = None  # "increased" as an adjective tells no time
    later = reading.later or changed_then(sentence, reading)
    return _follow_up(time, start, end) if later else time


def _only_of_the_laboratory(view: View, context: Context) -> bool:
    """Whether what makes a statement general is the word in "laboratory studies", "the range for women"."""
    return bool(context.cues) and all(
        (glue.STUDIES_OF if view.lower[a:b] in _STUDIES else glue.RANGE_OF).within(view.lower, a - 40, a)
        for a, b in context.cues
    )


_STUDIES = ("study", "studies", "series")


def _time_behind(view: View, sentence: Sentence, reading: Reading) -> TimeRef | None:
    """The time expression right behind a value ("... 36 ng/mL and 44 pg/mL at 6 months")."""
    if reading.value is None:
        return None
    end = reading.when[1] if reading.when else reading.value.end
    return time_behind(view, sentence, sentence.start + end)


def _follow_up(time: TimeRef | None, start: int, end: int) -> TimeRef:
    """The time of the second value of a change: later than what came before."""
    if time is None:
        return TimeRef(start, end, "", phase="follow-up")
    return time if time.phase == "follow-up" else replace(time, phase="follow-up")


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
