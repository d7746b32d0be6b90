"""The readers of the corpora: PubTator (BC5CDR), brat (MACCROBAT), and silver by casebook's own rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from extractors.base import mentions
from extractors.drugs.names import name_hits
from extractors.labs.vocabulary import lexicon as analytes
from extractors.onset.words import SYMPTOM as SYMPTOM_ROLE
from extractors.onset.words import lexicon as events
from extractors.text import View, Zone, set_zones, view
from model.marked import ANALYTE, DRUG, SYMPTOM, Mark, Marked, apart
from pipeline import nlp

#: Around a chemical that is measured and not given.
_MEASURED_BEFORE = re.compile(
    r"\b(?:serum|plasma|urinary|urine|blood|cerebrospinal fluid|csf|tissue)\s$", re.I
)
_MEASURED_AFTER = re.compile(
    r"(?:\s\w+)?\s(?:levels?|concentrations?|excretion|clearance|content|depletion)\b", re.I
)
#: Examinations with a result that are no test of a laboratory.
_NO_ANALYTE = re.compile(
    r"\b(?:pressure|bp|rate|pulse|temperature|saturation|spo2|scores?|scale|weight|height|bmi|body mass|ct|"
    r"mri|exam|x-?rays?|scan|tomograph\w*|imaging|echo\w*|ultraso\w*|ecg|ekg|electrocardio\w*|radiogra\w*|"
    r"examination|biops\w*|endoscop\w*|colonoscop\w*|angiogra\w*|physical|respirat\w*|vital|ejection|fraction|visual|acuity|"
    r"intraocular|mammogra\w*|spirometr\w*|fev1|fvc|eeg|emg|patholog\w*|histo\w*|stain\w*|immuno\w*|"
    r"pet|size|gcs|auscultation|palpation|inspection|motor|reflex\w*|strength|evaluation)\b",
    re.I,
)


# ------------------------------------------------------------------ PubTator
def pubtator(path: Path) -> Iterator[Marked]:
    """The abstracts of a PubTator file: chemicals as drugs, or as analytes where they are measured.

    Tests and symptoms are marked where a vocabulary knows them; other diseases teach nothing: some are
    symptoms.
    """
    for record in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = record.split("\n")
        text = " ".join(line.split("|", 2)[2] for line in lines[:2])
        marks: list[Mark] = []
        unsure: list[tuple[int, int]] = []
        for line in lines[2:]:
            parts = line.split("\t")
            if len(parts) < 6:
                continue
            start, end = int(parts[1]), int(parts[2])
            if parts[4] == "Chemical":
                marks.append(Mark(start, end, ANALYTE if _is_measured(text, start, end) else DRUG))
            else:
                unsure.append((start, end))
        marks += [
            m for m in _listed(View(text)) if not any(m.start < k.end and k.start < m.end for k in marks)
        ]
        unsure = [s for s in unsure if not any(s[0] < k.end and k.start < s[1] for k in marks)]
        yield Marked(f"bc5cdr-{lines[0].split('|')[0]}", text, apart(marks), tuple(unsure))


def _is_measured(text: str, start: int, end: int) -> bool:
    return bool(_MEASURED_BEFORE.search(text[max(0, start - 24) : start]) or _MEASURED_AFTER.match(text, end))


# ------------------------------------------------------------------ brat
def brat(folder: Path) -> Iterator[Marked]:
    """The reports of a brat folder with MACCROBAT's types: medications, tests with a result, symptoms."""
    for path in sorted(folder.glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        marks = list(_brat_marks(path, text))
        tests = [m for m in _listed(View(text)) if m.label == ANALYTE]
        marks += [m for m in tests if not any(m.start < k.end and k.start < m.end for k in marks)]
        yield Marked(f"maccrobat-{path.stem}", text, apart(marks))


def _brat_marks(path: Path, text: str) -> Iterator[Mark]:
    entities: dict[str, tuple[str, int, int]] = {}
    events_: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            kind, _, where = rest.split("\t")[0].partition(" ")
            if ";" not in where:
                start, end = map(int, where.split())
                entities[name] = kind, start, end
        elif name.startswith("E"):
            events_[name] = rest.split()[0].partition(":")[2]
        elif name.startswith("R") and rest.startswith("MODIFY"):
            first, second = (part.partition(":")[2] for part in rest.split()[1:3])
            pairs.append((first, second))
    tested = {events_.get(b, b) for a, b in pairs if entities.get(events_.get(a, a), ("",))[0] == "Lab_value"}
    for name, (kind, start, end) in entities.items():
        if kind == "Medication":
            yield Mark(start, end, DRUG)
        elif kind == "Sign_symptom":
            yield Mark(start, end, SYMPTOM)
        elif kind == "Diagnostic_procedure" and name in tested and not _NO_ANALYTE.search(text[start:end]):
            yield Mark(start, end, ANALYTE)


# ------------------------------------------------------------------ silver
def raw_texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of the reports without annotation, and of those with gold rows but no marks."""
    path = corpus / "real-unlabelled/texts.jsonl"
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            yield f"unlabelled-{told['id']}", told["text"]
    for folder in ("plo-dev", "e3c-dev", "real2-dev"):
        for file in sorted((corpus / folder / "raw").glob("*.txt")):
            yield f"{folder}-{file.stem}", file.read_text(encoding="utf-8", errors="replace")


def silver(name: str, text: str, gold: frozenset[str] = frozenset()) -> Marked:
    """What the vocabularies mark in a text; the rules tell a chemical that is given from a measured one.

    `gold`: names of drugs that a reader has found in it.
    """
    doc = Doc(nlp.load().vocab)
    set_zones(doc, [Zone(0, len(text))], text, nlp.scanner())
    for part, component in nlp.load().pipeline:
        if part != "casebook_ner":
            doc = component(doc)
    seen = view(doc)
    given = [(m.start, m.end) for m in mentions(doc, "drugs")]
    marks = list(_listed(seen))
    for hit in name_hits(seen):
        told = any(start <= hit.start and hit.end <= end for start, end in given)
        if told or not hit.value.lab:
            marks = [m for m in marks if m.end <= hit.start or hit.end <= m.start]
            marks.append(Mark(hit.start, hit.end, DRUG))
    marks += [Mark(m.start(), m.end(), DRUG) for word in sorted(gold) for m in _places(seen, word)]
    return Marked(name, text, apart(marks))


def _listed(seen: View) -> Iterator[Mark]:
    """The names of symptoms and tests that a vocabulary knows."""
    yield from (
        Mark(h.start, h.end, SYMPTOM) for h in events().everywhere(seen) if h.value.role == SYMPTOM_ROLE
    )
    yield from (Mark(h.start, h.end, ANALYTE) for h in analytes().everywhere(seen) if not h.value.flag)


def _places(seen: View, word: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", seen.lower)
