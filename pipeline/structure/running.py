"""What the edges of pages say in the middle of a text: running heads with the title, the journal's line."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.paper import BlockKind
from pipeline.structure.drafts import Draft

_WORD = re.compile(r"\w+")
_PAGE_AT_END = re.compile(r"(?:\d{1,4}\s\D.*|.*\D\s\d{1,4})")
#: "O. Marel et al. " or "12 Marel and Quint: ", before the title or its end.
_AUTHORS = re.compile(
    r"(?:\d{1,4}\s)?(?:[A-Z]\.[ -]?){0,3}[A-Z][\w'-]+(?:\s[A-Z]{1,3}\b\.?)?"
    r"(?:,?\set\sal\b\.?|\s(?:and|&)\s(?:[A-Z]\.[ -]?){0,3}[A-Z][\w'-]+(?=\s?[:/|.]))\s?[:/|,.]?\s+"
)
#: "Invented Bone Lett 2011; 3(2): 44-46": the journal's line at a page's foot.
_JOURNAL_LINE = re.compile(
    r"[A-Z][\w.,&' -]{3,60}?,?\s\(?(?:19|20)\d\d\)?\s?[;,:]\s?\d{1,4}\s?(?:\(\w{1,9}(?:[-\u2013]\d{1,3})?\))?"
    r"\s?[:,]?\s?[eE]?\d{1,7}(?:\s?[-\u2013]\s?[eE]?\d{1,7})?\.?"
)
_LONGEST = 100
#: Words of a title that a running head before prose has at least.
_TITLE_WORDS = 3


def told_apart(drafts: list[Draft], title: str) -> list[Draft]:
    """The drafts, with lines that stand at a page's edge as boilerplate, those glued to prose cut off it."""
    out: list[Draft] = []
    for draft in drafts:
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or draft.known:
            out.append(draft)
            continue
        if len(draft.pieces) == 1 and _is_head(draft.pieces[0].text, title):
            draft.kind = BlockKind.BOILERPLATE
        out += _without_head(draft, title)
    return out


def _is_head(text: str, title: str) -> bool:
    """Whether a line alone is the journal's, or a page number and a shortened title."""
    if len(text) > _LONGEST:
        return False
    if _JOURNAL_LINE.fullmatch(text):
        return True
    if not (text[-1].isdigit() or text[0].isdigit()) or not _PAGE_AT_END.fullmatch(text):
        return False
    words = frozenset(_WORD.findall(title.lower()))
    own = [w for w in _WORD.findall(text.lower()) if not w.isdigit()]
    return len(words) > 2 and len(own) > 1 and sum(w in words for w in own) >= 0.7 * len(own)


def _without_head(draft: Draft, title: str) -> list[Draft]:
    """A paragraph with authors and title before its first words as two: the running head, and the rest."""
    first = draft.pieces[0] if draft.kind is BlockKind.PARAGRAPH else None
    authors = _AUTHORS.match(first.text) if first is not None and not first.boxes else None
    if first is None or authors is None:
        return [draft]
    end = _title_end(first.text, authors.end(), title)
    rest = first.text[end:].lstrip(" .:|/")
    if not end or not rest:
        return [draft]
    head = Draft(BlockKind.BOILERPLATE, [replace(first, text=first.text[:end])], gap=draft.gap)
    draft.pieces[0] = replace(first, text=rest)
    return [head, draft]


def _title_end(text: str, start: int, title: str) -> int:
    """Where the words of the title that stand at `start` end, 0 where there are too few."""
    told = " ".join(_WORD.findall(title.lower()))
    end, words = 0, ""
    for count, word in enumerate(_WORD.finditer(text, start, start + len(title) + 20), 1):
        words = f"{words} {word.group().lower()}".strip()
        if f" {words} " not in f" {told} ":
            break
        end = word.end() if count >= _TITLE_WORDS or words == told else end
    return end
