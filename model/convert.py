"""The corpora as spaCy's training data: `python -m model.convert CORPUS OUT [--seed N]`.

Writes train.spacy, dev.spacy and ordinary.txt (words of the corpora that are no names of drugs) to OUT.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from random import Random

import spacy
from spacy.tokens import Doc, DocBin

from extractors.drugs.vocabulary import DRUGS
from extractors.labs.vocabulary import ANALYTES
from model.corpora import brat, pubtator, raw_texts, silver
from model.invent import Inventor, short_form
from model.marked import ANALYTE, DRUG, Mark, Marked, sentences
from pipeline.config import MODEL_VARIABLE

_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
#: In silver a word of fewer texts may be a name that no list knows.
_SURE_WITHIN = 6
#: Words near which one may be, and how near (characters).
_TREATED = re.compile(
    r"\b(?:receiv|treat|given|administ|prescri|start|therap|dos[ei]|mg\b|inject|infus|tablet|took\b|taking\b|on\b)",
    re.I,
)
_NEAR = 60
#: A word of so many texts is ordinary, if nobody has marked it.
_ORDINARY_WITHIN = 2
_NEVER_ODD = 50
_BY_READERS = ("bc5cdr", "maccrobat")
#: Of ten texts one is kept to choose the best state of the model.
_DEV_OF = 10
#: Shares of sentences that are told once more with invented names, and of names in capitals there.
_AGAIN, _TITLED = 0.6, 0.3
#: Share of silver's sentences without any mark that are told all the same.
_UNMARKED = 0.3


def gold_marked(corpus: Path) -> list[Marked]:
    """The texts that readers have marked."""
    files = sorted((corpus / "bc5cdr").glob("*.PubTator.txt"))
    return [m for file in files for m in pubtator(file)] + list(brat(corpus / "maccrobat-dev"))


def silver_marked(corpus: Path) -> list[Marked]:
    """The other texts, marked by the rules and by names of the gold rows."""
    return [silver(name, text, _gold_drugs(corpus, name)) for name, text in raw_texts(corpus)]


def _gold_drugs(corpus: Path, name: str) -> frozenset[str]:
    folder, _, stem = name.rpartition("-dev-")
    path = corpus / f"{folder}-dev/gold/{stem}.json"
    if not folder or not path.is_file():
        return frozenset()
    told = [
        d.get("drug")
        for c in json.loads(path.read_text(encoding="utf-8"))["cases"]
        for d in c.get("drugs", [])
    ]
    names = [n for t in told for n in (t if isinstance(t, list) else [t]) if isinstance(n, str)]
    known_as_analytes = {
        a.lower() for row in ANALYTES.rows for a in (row["analyte"], *row["aliases"].split("|"))
    }
    return frozenset(n.lower() for n in names if len(n) > 5) - known_as_analytes


def words_of(text: str) -> set[str]:
    """The words of a text in lower case."""
    return {m.group().lower() for m in _WORD.finditer(text)}


def texts_with(texts: Iterable[Marked]) -> Counter[str]:
    """In how many texts each word stands."""
    return Counter(word for marked in texts for word in words_of(marked.text))


def ordinary(texts: list[Marked], hidden: Collection[str] = ()) -> list[str]:
    """Words of several texts that nobody has marked as a drug's or a test's name."""
    by_readers = [t for t in texts if t.name.startswith(_BY_READERS)]
    marked = {w for t in texts for m in t.marks if m.label == DRUG for w in words_of(t.text[m.start : m.end])}
    listed = {w for row in DRUGS.rows for w in words_of(row["alias"])}
    seen = texts_with(texts)
    odd = (marked | listed) - {w for w, n in seen.items() if n >= _NEVER_ODD} | set(hidden)
    sure = set(texts_with(by_readers))  # every chemical is marked there
    return sorted(w for w, n in seen.items() if (n >= _ORDINARY_WITHIN or w in sure) and w not in odd)


def unsure(texts: list[Marked]) -> list[Marked]:
    """Silver whose rare words near a treatment, which may be unknown names, teach nothing."""
    seen = texts_with(texts)
    out = []
    for t in texts:
        told = [(max(0, m.start() - _NEAR), m.end() + _NEAR) for m in _TREATED.finditer(t.text)]
        taken = [(k.start, k.end) for k in t.marks]
        rare = [
            m.span()
            for m in _WORD.finditer(t.text)
            if seen[m.group().lower()] < _SURE_WITHIN
            and _touches(told, *m.span())
            and not _touches(taken, *m.span())
        ]
        out.append(Marked(t.name, t.text, t.marks, tuple(rare)))
    return out


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


# ------------------------------------------------------------------ invented names
def told_again(sentence: Marked, inventor: Inventor, random: Random, hidden: frozenset[str]) -> Marked | None:
    """A sentence with other names of drugs and tests, None where it has none."""
    text, marks, at, changed = "", [], 0, False
    moved: list[tuple[int, int]] = []
    for mark in sentence.marks:
        text += sentence.text[at : mark.start]
        name = sentence.text[mark.start : mark.end]
        single = " " not in name and len(name) > 3
        if mark.label == DRUG and (single or hidden & words_of(name)):
            name, changed = _cased(inventor.invent(random), name, random), True
        elif mark.label == ANALYTE and single and random.random() < 0.5:
            name, changed = (short_form(random) if random.random() < 0.5 else inventor.invent(random)), True
        marks.append(Mark(len(text), len(text) + len(name), mark.label))
        text += name
        moved.append((mark.end, len(text)))
        at = mark.end
    text += sentence.text[at:]
    if not changed:
        return None

    def new(place: int) -> int:
        ahead = [(old, now) for old, now in moved if old <= place]
        return place + (ahead[-1][1] - ahead[-1][0] if ahead else 0)

    return Marked(sentence.name, text, tuple(marks), tuple((new(a), new(b)) for a, b in sentence.unsure))


def _cased(name: str, like: str, random: Random) -> str:
    return name.title() if like[:1].isupper() or random.random() < _TITLED else name


# ------------------------------------------------------------------ spaCy
def to_doc(nlp: spacy.Language, marked: Marked) -> Doc:
    """A sentence as a Doc with its entities, and its unsure words as missing values."""
    doc = nlp.make_doc(marked.text)
    spans = [doc.char_span(m.start, m.end, label=m.label, alignment_mode="contract") for m in marked.marks]
    kept = [s for s in spans if s is not None and len(s)]
    odd = [doc.char_span(a, b, alignment_mode="expand") for a, b in marked.unsure if a < b]
    lost = [
        doc.char_span(m.start, m.end, alignment_mode="expand")
        for m, s in zip(marked.marks, spans, strict=True)
        if s is None
    ]
    taken = {t.i for s in kept for t in s}
    missing = [doc[t.i : t.i + 1] for s in (*odd, *lost) if s is not None for t in s if t.i not in taken]
    doc.set_ents(kept, missing=sorted(set(missing), key=lambda s: s.start), default="outside")
    return doc


def training(
    gold: list[Marked], rules: list[Marked], seed: int, hidden: frozenset[str] = frozenset()
) -> tuple[list[Marked], list[Marked]]:
    """The sentences to train on and those to choose the best state by.

    `hidden`: names of drugs, in lower case, that the model must never have seen.
    """
    random = Random(seed)
    inventor = Inventor(row["alias"] for row in DRUGS.rows if not row["lab"] and not row["exact"])
    train: list[Marked] = []
    dev: list[Marked] = []
    for number, marked in enumerate(gold + unsure(rules)):
        for sentence in sentences(marked):
            unmarked = number >= len(gold) and not sentence.marks
            if len(sentence.text) < 12 or (unmarked and random.random() > _UNMARKED):
                continue
            seen = bool(hidden & words_of(sentence.text))
            again = told_again(sentence, inventor, random, hidden)
            if seen and (again is None or hidden & words_of(again.text)):
                continue
            if number < len(gold) and number % _DEV_OF == 0:
                dev.append(again if seen and again else sentence)
                continue
            if not seen:
                train.append(sentence)
            if again is not None and (seen or random.random() < _AGAIN):
                train.append(again)
    random.shuffle(train)
    return train, dev


def write(marked: Iterable[Marked], path: Path) -> int:
    """Write sentences in spaCy's binary format; their number."""
    nlp = spacy.blank("en")
    docs = [to_doc(nlp, m) for m in marked]
    DocBin(docs=docs).to_disk(path)
    return len(docs)


def convert(corpus: Path, out: Path, seed: int) -> None:
    """Read the corpora and write the training data."""
    out.mkdir(parents=True, exist_ok=True)
    gold, rules = gold_marked(corpus), silver_marked(corpus)
    train, dev = training(gold, rules, seed)
    to_learn, to_choose = write(train, out / "train.spacy"), write(dev, out / "dev.spacy")
    print(f"{to_learn} sentences to train on, {to_choose} to choose by")
    words = ordinary(gold + rules)
    marked = {w for t in gold for m in t.marks if m.label == DRUG for w in words_of(t.text[m.start : m.end])}
    (out / "listed.txt").write_text("\n".join(sorted(marked - set(words))) + "\n", encoding="utf-8")
    (out / "ordinary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    counts = Counter(m.name.split("-")[0] for m in gold + rules)
    (out / "sizes.json").write_text(
        json.dumps({"texts": counts, "sentences": len(train), "words": len(words)}), encoding="utf-8"
    )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ[MODEL_VARIABLE] = "none"  # the one that is there may be of another day
    warnings.simplefilter("ignore")
    convert(options.corpus, options.out, options.seed)


if __name__ == "__main__":
    main()
