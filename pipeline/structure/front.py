"""The matter before the text: rubric, title, authors, affiliations."""

from __future__ import annotations

import re

from pipeline.paper import BlockKind
from pipeline.structure import shapes
from pipeline.structure.drafts import Draft

_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|presented|developed|describe[ds]?|report(?:ed)?|complained|underwent|"
    r"revealed|showed|admitted|became|can|may|should|did|does|started|occurred|diagnosed|referred|we)\b"
)
_PLACE = re.compile(
    r"\b(?:Department|Dept|Division|Universit\w+|Hospital|Institut\w*|Faculty|School|College|Clinic|Clinique|"
    r"Klinik\w*|Cent(?:er|re)|Laborator\w+|Unit|Service|Section|Abteilung|Hastanesi|Street|Avenue)\b"
)
#: parts of names that are written small
_PARTICLES = frozenset("van von de di da del della dos der den el al bin ibn la le ten ter zu y e".split())
_CITATION_LINE = re.compile(
    r"(?:19|20)\d\d\s?[;,:]\s?\d{1,4}\s?(?:\(|:|,)|\b[Vv]ol(?:ume|\.)?\s?\d|\bdoi\b|^10\.\d{4}"
)
#: words that the rubric above a title is made of
_RUBRIC = frozenset(
    "original case cases report reports series article articles letter letters brief short communication "
    "communications research review images image clinical open access editor to the paper note study "
    "in of and medicine section journal rapid full length letter".split()
)
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:[,;&\u00b7]|\band\b|\bund\b|\bet\b)\s*")
_MARKS = re.compile(r"[\d*\u2020\u2021\u00a7#]+")
_DEGREES = frozenset(
    "md phd mph msc bsc facs frcp frcs mbbs ms dr prof mrcp do rn ma ba facp facog mbchb".split()
)
#: a case report in which the first lines are no title has its first prose at once
_MAX_FRONT = 14


def mark_front(drafts: list[Draft]) -> None:
    """Give the drafts before the first prose their kinds: TITLE, AUTHORS, BOILERPLATE."""
    front = drafts[:_MAX_FRONT]
    titled = any(d.kind is BlockKind.TITLE for d in front)
    if not titled and any(d.pieces and d.pieces[0].size for d in front):
        titled = _title_by_size(drafts)
    _mark_above_title(front)
    for i, draft in enumerate(front):
        kind = (
            _front_heading(drafts, i, titled)
            if draft.kind is BlockKind.HEADING
            else _front_line(drafts, i, titled)
        )
        if kind is None:
            return
        draft.kind = kind
        titled = titled or kind is BlockKind.TITLE


def _mark_above_title(front: list[Draft]) -> None:
    """Journal names and rubrics above the title are boilerplate."""
    title_at = next((i for i, d in enumerate(front) if d.kind is BlockKind.TITLE), 0)
    for draft in front[:title_at]:
        named = draft.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        if named and len(draft.text) < 200 and draft.role != "abstract":
            draft.kind = BlockKind.BOILERPLATE


def _front_heading(drafts: list[Draft], i: int, titled: bool) -> BlockKind | None:
    """What a heading before the first prose is; None where it is a section's and ends the front."""
    draft = drafts[i]
    after = drafts[i + 1] if i + 1 < len(drafts) else None
    if draft.role != "other" and not _is_rubric(draft, after, titled):
        return None
    if titled and not draft.known and _is_byline(draft.text):
        return BlockKind.AUTHORS
    words = len(draft.text.split())
    if draft.role == "other" and not titled and words > 2 and not is_rubric(draft.text):
        return BlockKind.TITLE
    return draft.kind if draft.known else BlockKind.BOILERPLATE


def _is_byline(text: str) -> bool:
    """Whether a line below the title is a list of whole names: "Ada Berg, Bo Holm"."""
    names = person_names(text)
    return (
        len(names) > 1
        and all(1 < len(name.split()) < 5 for name in names)
        and not any(
            word.lower() in shapes.heading_words() for name in names for word in (name, *name.split())
        )
    )


def _front_line(drafts: list[Draft], i: int, titled: bool) -> BlockKind | None:
    """What a block that is no heading is; None where the prose begins with it."""
    draft, text = drafts[i], drafts[i].text
    if draft.known and draft.kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT):
        return None
    if draft.kind is not BlockKind.PARAGRAPH:
        return draft.kind
    if is_affiliation(text) or is_rubric(text) or _is_citation_line(text, i):
        return BlockKind.BOILERPLATE
    if is_prose(text) or shapes.heading(text) or _run_in(text):
        return None
    if is_authors(text) and (titled or i == 0):
        return BlockKind.AUTHORS
    if not titled:
        return BlockKind.TITLE if len(text.split()) > 2 and _stands_apart(drafts, i) else None
    return BlockKind.BOILERPLATE


def _is_citation_line(text: str, i: int) -> bool:
    """Journal, volume, pages of the paper itself in one of its first lines."""
    return bool(_CITATION_LINE.search(text)) and len(text) < 250 and i < 6 and not is_prose(text)


def _stands_apart(drafts: list[Draft], i: int) -> bool:
    """A title is set apart from what follows; the first of many lines of prose is not."""
    after = drafts[i + 1] if i + 1 < len(drafts) else None
    return after is not None and (
        after.kind is not BlockKind.PARAGRAPH or after.gap or is_authors(after.text)
    )


def _is_rubric(draft: Draft, after: Draft | None, titled: bool) -> bool:
    """`CASE REPORT` printed above the title, or above the heading of the first section."""
    if draft.role not in ("case", "boilerplate", "discussion") or after is None or draft.known:
        return False
    if after.kind is BlockKind.HEADING:
        return after.role in ("introduction", "abstract", "methods", "other")
    return (
        after.kind is BlockKind.PARAGRAPH
        and not titled
        and not is_prose(after.text)
        and len(after.text) < 260
        and not shapes.sentence_ends(after.text)
    )


def is_rubric(text: str) -> bool:
    """Whether a line is made of a journal's rubric words alone: `ORIGINAL CASE SERIES`."""
    return len(text) < 60 and all([word.strip(":-&|/") in _RUBRIC for word in text.lower().split()])


def _run_in(text: str) -> bool:
    head, mark, rest = text[:60].partition(":")
    return bool(mark and rest) and shapes.heading(head) is not None if head else False


def _title_by_size(drafts: list[Draft]) -> bool:
    """PDF: the largest letters on the first page are the title's."""
    front = [
        d
        for d in drafts[:_MAX_FRONT]
        if d.pieces
        and d.pieces[0].size
        and d.pieces[0].page in (None, 1)
        and d.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and len(d.text) > 15
    ]
    if len(front) < 2:
        return False
    sizes = sorted(d.pieces[0].size or 0.0 for d in drafts if d.pieces and d.kind is BlockKind.PARAGRAPH)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    largest = max(front, key=lambda d: d.pieces[0].size or 0.0)
    size = largest.pieces[0].size or 0.0
    if size < 1.15 * body or len(largest.text) > 400:
        return False
    largest.kind = BlockKind.TITLE
    return True


def is_prose(text: str) -> bool:
    """Whether a text is sentences, not a title or a name."""
    words = text.count(" ") + 1
    if words > 45:
        return True
    if words < 8:
        return False
    if shapes.sentence_ends(text):
        return _VERB.search(text) is not None or "year" in text
    return words > 15 and len(_VERB.findall(text)) > 1


def is_affiliation(text: str) -> bool:
    """Whether a line names a hospital, a department, an address."""
    if (
        len(text) > 900
        or not ("," in text or text[0].isdigit())
        or not _PLACE.search(text)
        or _VERB.search(text)
    ):
        return False
    words = [w for w in text.split() if w[0].isalpha()]
    return sum(w[0].isupper() for w in words) > 0.5 * len(words)


def is_authors(text: str) -> bool:
    """Whether a line is a list of persons: two or more names, or one with initials or a degree."""
    names = person_names(text)
    if not names:
        return False
    return (
        len(names) > 1
        or any(len(part.rstrip(".")) == 1 for part in names[0].split())
        or _MARKS.search(text) is not None
    )


def person_names(text: str) -> tuple[str, ...]:
    """The names in a list of authors; empty where a part of the line is no name."""
    flat = " ".join(_MARKS.sub(" ", text).split()).rstrip(" .,;")
    if not flat or len(flat) > 1500:
        return ()
    names: list[str] = []
    for part in _SPLIT.split(flat):
        words = [w for w in part.split() if w.replace(".", "").lower() not in _DEGREES]
        if not words:
            continue
        name = " ".join(words)
        if len(words) > 6 or not _is_name(words):
            return ()
        names.append(name)
    if names and sum(len(n.split()) for n in names) < 2:
        return ()
    return tuple(n.title() if n.isupper() and len(n) > 4 else n for n in names)


def _is_name(words: list[str]) -> bool:
    """Whether every word of a name is written large or a particle, and the last one large."""
    return words[-1][0].isupper() and all(
        [(w[0].isupper() or w in _PARTICLES) and not any(c in w for c in "()[]:/=") for w in words]
    )
