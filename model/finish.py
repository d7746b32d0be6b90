"""The trained model as casebook ships it: `python -m model.finish TRAINED DATA OUT`.

OUT receives the weights without any words of the corpora, the list of ordinary words, and the card.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import spacy

from extractors.ner.gate import NO_ENDING
from extractors.ner.model import DRUG
from extractors.text import split_sentences
from model.convert import words_of

#: Of the places of a word so many have to be a name, for it to be no ordinary word.
_OFTEN = 0.3
_LETTERS = 4
_CARD = Path(__file__).with_name("card.md")


def ordinary_words(nlp: spacy.Language, data: Path, corpus: Path) -> list[str]:
    """The words of the training texts that neither readers nor the model take for names."""
    from model.corpora import raw_texts  # noqa: PLC0415

    kept = set((data / "ordinary.txt").read_text(encoding="utf-8").split())
    listed = set((data / "listed.txt").read_text(encoding="utf-8").split())
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for doc in nlp.pipe(_sentences(t for _, t in raw_texts(corpus)), batch_size=256):
        for word in words_of(doc.text):
            seen[word] += 1
        for word in {w for e in doc.ents if e.label_ == DRUG for w in words_of(e.text)}:
            named[word] += 1
    plain = {w for w, n in seen.items() if named[w] == 0}
    odd = {w for w, n in named.items() if n >= _OFTEN * seen[w]}
    found = (kept | plain) - odd - listed
    return sorted(w for w in found if len(w) >= _LETTERS and not NO_ENDING.search(w))


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for start, end in split_sentences(text, 0, len(text)):
            yield text[start : min(end, start + 1000)]


def finish(trained: Path, data: Path, corpus: Path, out: Path) -> None:
    """Write the folder that is shipped."""
    nlp = spacy.load(trained)
    words = ordinary_words(nlp, data, corpus)
    scores = nlp.meta["performance"]["ents_per_type"]
    sizes = json.loads((data / "sizes.json").read_text(encoding="utf-8"))
    nlp.config["paths"].update(train=None, dev=None)
    nlp.meta.update(
        name="names", version="1.0.0", license="MIT",
        description="Names that no vocabulary of casebook knows",
        author="The casebook developers", spacy_version=">=3.8.0,<3.9.0",
    )  # fmt: skip
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out, exclude=["vocab"])
    (out / "ordinary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (out / "README.md").write_text(_card(nlp, scores, sizes, out), encoding="utf-8")


def _card(nlp: spacy.Language, scores: dict[str, dict[str, float]], sizes: dict, out: Path) -> str:
    config = nlp.config.interpolate()
    encode = config["components"]["tok2vec"]["model"]["encode"]
    texts = sizes["texts"]
    lines = [f"| {k} | {v['p']:.2f} | {v['r']:.2f} | {v['f']:.2f} |" for k, v in sorted(scores.items())]
    return _CARD.read_text(encoding="utf-8").format(
        seed=config["training"]["seed"], spacy=spacy.__version__, range=nlp.meta["spacy_version"],
        depth=encode["depth"], width=encode["width"], sentences=sizes["sentences"],
        size=sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 1e6,
        bc5cdr=texts["bc5cdr"], maccrobat=texts["maccrobat"], unlabelled=texts.get("unlabelled", 0),
        gold=sum(n for k, n in texts.items() if k not in ("bc5cdr", "maccrobat", "unlabelled")),
        scores="\n".join(lines),
    )  # fmt: skip


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    for name in ("trained", "data", "corpus", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    finish(options.trained, options.data, options.corpus, options.out)


if __name__ == "__main__":
    main()
