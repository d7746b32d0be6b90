"""What the trained model adds, on names that it has never seen: `python -m bench.ner CORPUS [--folds N]`.

MACCROBAT's reports are left out fold by fold, and the model is trained on all other texts. Two measures:
names as they are found with all vocabularies (before: the rules alone; after: with the model), and
with the fold's drugs struck from the vocabularies and from the training texts, as drugs of tomorrow are.
A drug counts as found where a mention overlaps it; precision is over all mentions.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy

from extractors.base import Mention
from extractors.drugs import names as drug_names
from extractors.drugs.fact import DrugMention
from extractors.drugs.read import Drugs
from extractors.drugs.vocabulary import class_names, lexicon
from extractors.ner import gate
from extractors.ner.model import LABELS, Model
from extractors.ner.read import Ner
from extractors.text import View, Zone
from model.convert import gold_marked, ordinary, silver_marked, training, words_of, write
from model.marked import DRUG, Marked
from pipeline import nlp
from pipeline.config import MODEL_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
#: Words of a medication that name no drug.
_GENERIC = frozenset(
    """medication medications medicine medicines medicated drug drugs treatment treatments therapy therapies
    sedation sedoanalgesia anesthesia anaesthesia anesthetic anesthetics anaesthetic chemo chemotherapy
    pharmacotherapy adjuvant regimen regimens agent agents supplement supplements supplementation
    supportive load hydration input mixture infusion infusions injection injections administration
    transfusion transfusions cocktail prophylaxis premedication antidote fluids fluid concentrates support
    inhibitor protectors relaxant relaxants conscious general local oral regular continuative dopaminergic
    hemostatic hemocomponent platelet platelets blood lysis cause other induction maintenance
    analogue""".split()
)


@dataclass
class Tally:
    """Found and missed drugs, right and wrong mentions."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(
        self,
        text: str,
        gold: list[tuple[int, int]],
        named: list[tuple[int, int]],
        found: list[tuple[int, int]],
    ) -> None:
        """Count one text. `gold`: all medications, `named`: those that name a drug."""
        for a, b in named:
            hit = any(x < b and a < y for x, y in found)
            self.counts["named found" if hit else "named missed"] += 1
            if not hit:
                self.missed.append(text[a:b])
        for a, b in gold:
            self.counts["gold found"] += any(x < b and a < y for x, y in found)
        self.counts["gold"] += len(gold)
        for x, y in found:
            hit = any(x < b and a < y for a, b in gold)
            self.counts["right" if hit else "wrong"] += 1
            if not hit:
                self.wrong.append(text[x:y])

    def line(self) -> str:
        """Recall of named drugs; precision, recall and F1 over all medications."""
        c = self.counts
        named = c["named found"] / max(1, c["named found"] + c["named missed"])
        precision = c["right"] / max(1, c["right"] + c["wrong"])
        recall = c["gold found"] / max(1, c["gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"{named:.3f} ({c['named found']}/{c['named found'] + c['named missed']}) | "
            f"{precision:.3f} | {recall:.3f} | {f1:.3f}"
        )


def is_named(text: str) -> bool:
    """Whether a medication names a drug rather than a class or a manner."""
    hits = lexicon().find(text, text.lower())
    if any(h.value.name and h.value.name not in class_names() for h in hits):
        return True
    if hits:
        return False
    plain = gate.ordinary()
    return any(
        len(w) > 3 and w not in _GENERIC and (w not in plain or not hits) for w in words_of(text)
    ) and not (words_of(text) <= _GENERIC | {"the", "of", "and", "no", "that", "may"})


# ------------------------------------------------------------------ one text
def spans(found: list[Mention]) -> list[tuple[int, int]]:
    return sorted({(m.start, m.end) for m in found})


def seen(text: str, hidden: frozenset[str]) -> View:
    """A text as the extractors see it; of the `hidden` drugs no vocabulary knows the name."""
    view = View(text, [Zone(0, len(text))], nlp.scanner())
    if hidden:
        known = [h for h in lexicon().everywhere(view) if h.value.name not in hidden]
        taken = {p for h in known for p in range(h.start, h.end)}
        new = [h for h in drug_names.by_stem(view, taken) if p_free(h.start, taken)]
        view.cache[drug_names._KEY] = sorted([*known, *new], key=lambda h: h.start)
    return view


def p_free(place: int, taken: set[int]) -> bool:
    return place not in taken


def hidden_in(texts: list[Marked]) -> tuple[frozenset[str], frozenset[str]]:
    """The generic names of the drugs that readers found in some texts, and all their words."""
    generic: set[str] = set()
    words: set[str] = set()
    for marked in texts:
        for mark in marked.marks:
            name = marked.text[mark.start : mark.end]
            hits = [h for h in lexicon().find(name, name.lower()) if h.value.name and not h.value.lab]
            if mark.label == DRUG and hits and not any(h.value.name in class_names() for h in hits):
                generic |= {h.value.name for h in hits}
                words.add(name.lower())
    aliases = {phrase for phrase, group in lexicon().grouped.items() if group[0].value.name in generic}
    single = {a for a in aliases | words if " " not in a}  # "blood" of "packed red blood cells" is no name
    return frozenset(generic), frozenset(
        w for a in single for w in words_of(a) if len(w) > 3 and w not in _GENERIC
    )


# ------------------------------------------------------------------ folds
def train(gold: list[Marked], rules: list[Marked], hidden: frozenset[str], folder: Path, steps: int) -> Model:
    """A model of some texts, trained as `make model` does; one that is in the folder already is taken."""
    labels = {label: label for label in LABELS}
    if (folder / "model-best").is_dir():
        return Model(spacy.load(folder / "model-best"), labels)
    folder.mkdir(parents=True, exist_ok=True)
    for marked, name in zip(training(gold, rules, 1, hidden), ("train", "dev"), strict=True):
        write(marked, folder / f"{name}.spacy")
    command = [
        sys.executable,
        "-m",
        "spacy",
        "train",
        str(ROOT / "model/config.cfg"),
        "--output",
        str(folder),
    ]
    command += ["--paths.train", str(folder / "train.spacy"), "--paths.dev", str(folder / "dev.spacy")]
    command += ["--training.max_steps", str(steps), "--training.eval_frequency", str(steps // 4)]
    command += ["--training.optimizer.learn_rate.total_steps", str(steps)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Model(spacy.load(folder / "model-best"), labels)


def measure(tests: list[Marked], model: Model, hidden: frozenset[str], before: Tally, after: Tally) -> None:
    for marked in tests:
        gold = [(m.start, m.end) for m in marked.marks if m.label == DRUG]
        named = [(a, b) for a, b in gold if is_named(marked.text[a:b])]
        if hidden:
            named = [(a, b) for a, b in named if words_of(marked.text[a:b]) & hidden] or []
        view = seen(marked.text, hidden and frozenset(_generic(hidden)))
        rules = spans(list(Drugs().find(view)))
        before.add(marked.text, gold, named, rules)
        new = spans([m for m in Ner(model=model).find(view) if isinstance(m, DrugMention)])
        after.add(marked.text, gold, named, sorted({*rules, *new}))


def _generic(words: frozenset[str]) -> Iterator[str]:
    for phrase, group in lexicon().grouped.items():
        if words & words_of(phrase) and group[0].value.name not in class_names():
            yield group[0].value.name


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=2000, help="how long each model is trained")
    parser.add_argument(
        "--models", type=Path, help="keep the models of the folds here, and take those that are"
    )
    parser.add_argument("--errors", action="store_true", help="list what is missed and wrong")
    options = parser.parse_args()
    os.environ[MODEL_VARIABLE] = "none"
    warnings.simplefilter("ignore")
    gold, rules = gold_marked(options.corpus), silver_marked(options.corpus)
    reports = [m for m in gold if m.name.startswith("maccrobat")]
    told = {
        name: Tally() for name in ("listed, rules", "listed, model too", "struck, rules", "struck, model too")
    }
    for fold in range(options.folds):
        tests = reports[fold :: options.folds]
        names = {m.name for m in tests}
        rest = [m for m in gold if m.name not in names]
        _, words = hidden_in(tests)
        with tempfile.TemporaryDirectory() as folder:
            place = (options.models or Path(folder)) / f"fold-{fold + 1}-of-{options.folds}"
            model = train(rest, rules, words, place, options.steps)
        plain = frozenset(ordinary(rest + rules, words))
        gate.ordinary = lambda plain=plain: plain  # type: ignore[misc]
        measure(tests, model, frozenset(), told["listed, rules"], told["listed, model too"])
        measure(tests, model, words, told["struck, rules"], told["struck, model too"])
        print(f"fold {fold + 1} of {options.folds} done", file=sys.stderr, flush=True)
    print("| names | recall of named drugs | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    for name, tally in told.items():
        print(f"| {name} | {tally.line()} |")
        if options.errors:
            print(
                "missed:", Counter(tally.missed).most_common(), "\nwrong:", Counter(tally.wrong).most_common()
            )


if __name__ == "__main__":
    main()
