"""The spaCy pipeline: scispaCy's tokenizer and abbreviation detector, then casebook's components."""

from __future__ import annotations

import os
import re
import warnings
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors import registry
from extractors.ner.model import ModelError, check
from extractors.rules.added import added
from extractors.rules.kept import gates
from extractors.rules.scan import Scanner
from extractors.text import Zone, set_zones
from pipeline.cases import rules as cases
from pipeline.config import MODEL_VARIABLE, UsageError
from pipeline.errors import warning
from pipeline.paper import BlockKind, Paper
from pipeline.structure.sections import end_of_run_in
from pipeline.tables.notes import is_key

#: Kinds of blocks that are read as prose (tables are read cell by cell, elsewhere).
_PROSE = frozenset(
    {BlockKind.TITLE, BlockKind.ABSTRACT, BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.FOOTNOTE}
)

_PIECE = 500
_NO_WORD = re.compile(r"\S{1000,}")


@cache
def load() -> Language:
    """The pipeline, made once per process. Nothing is downloaded.

    The environment variable CASEBOOK_MODEL chooses the model (see `extractors.ner.model`). Raises UsageError
    where that cannot be used.
    """
    model = os.environ.get(MODEL_VARIABLE, "")
    try:
        check(model)
    except ModelError as error:
        raise UsageError(warning("E14", str(error))) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn's note on a newer pickle format
        from scispacy.custom_tokenizer import combined_rule_tokenizer  # noqa: PLC0415
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.max_length = 100_000_000
    for name in registry.register():
        config = {"model": model} if name == "casebook.ner" else {}
        nlp.add_pipe(name, name.replace(".", "_"), config=config)  # a dot in a name cannot be read from disk
    return nlp


@cache
def scanner() -> Scanner:
    """What looks in one pass for the words and phrases of extractors, and those that tell patients apart."""
    made = Scanner((*registry.books(), *cases.BOOKS), registry.lexicons())
    if not added():  # the next process may have other words
        gates().keep()
    return made


def zones(paper: Paper) -> list[Zone]:
    """The parts of a paper that may be read as prose; a heading that runs into its text stands apart."""
    found: list[Zone] = []
    for b in paper.blocks:
        text = paper.text[b.start : b.end]
        if b.kind not in _PROSE or (b.kind is BlockKind.FOOTNOTE and is_key(text)):
            continue
        if cut := end_of_run_in(text, b.section):
            found.append(Zone(b.start, b.start + cut, b.kind.value, b.section, b.role))
        found.append(Zone(b.start + cut, b.end, b.kind.value, b.section, b.role))
    return found


def tokenise(nlp: Language, text: str) -> Doc:
    """The text's tokens.

    spaCy peels brackets off a word one by one, which takes minutes for a run of 20,000: words that
    are none are cut into pieces first.
    """
    if not _NO_WORD.search(text):
        return nlp.make_doc(text)
    pieces: list[str] = []
    position = 0
    for run in _NO_WORD.finditer(text):
        pieces.append(text[position : run.start()])
        pieces += [text[i : min(i + _PIECE, run.end())] for i in range(run.start(), run.end(), _PIECE)]
        position = run.end()
    pieces.append(text[position:])
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces if piece], ensure_whitespace=False)


def annotate(paper: Paper, tokens: bool = False) -> Doc:
    """Run every component over a paper's text.

    The rules read characters. Without `tokens` the Doc carries the mentions alone (see
    `extractors.base.mentions`), which saves a third of the time; with them it holds spaCy's tokens
    and spans as well.
    """
    nlp = load()
    doc = tokenise(nlp, paper.text) if tokens else Doc(nlp.vocab)
    set_zones(doc, zones(paper), paper.text, scanner())
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
