"""Which kind each block is by the heading it stands under, and headings that run into their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.paper import BlockKind, Box
from pipeline.structure import shapes
from pipeline.structure.drafts import OTHER_TYPE, Draft, Piece
from pipeline.structure.language import MIN_WORDS, language_of, other_script, script_language

_INNER_RUN_IN = re.compile(r"[.!?)\"'] ([A-Z][A-Za-z'/&, -]{2,45})(?::|\.|\s-) ?(?=[A-Z\"(\d])")
#: "Methods The clinical data ...", only where the paragraph begins in that manner ("Objective To ...")
_INNER_BARE = re.compile(
    r"[.!?] ((?:Patients? and )?Methods|Results|Conclusions?|Discussion|Case (?:report|"
    r"presentation|description)) (?=[A-Z\d])"
)
#: "Case No. 2: A woman ..." has no heading but a label.
_NUMBERED = re.compile(r"(?:No|Nr|N°|Nº|Number)\b\.?(?:\d|$)|N[°º]")
_MARK = re.compile(r"[:.\u2014\s](?:(?<!\s)|-\s)")
#: "Presenting problem: A woman ...": a heading of any words, where such headings are known to run in
_ANY_RUN_IN = re.compile(r"[A-Z][A-Za-z']+(?: [A-Za-z'/&-]+){0,4}(?=: [A-Z\d(\"])")
#: roles of headings that may occur inside a structured abstract
_ABSTRACT_PARTS = frozenset(
    ("part", "methods", "case", "results", "conclusion", "discussion", "introduction")
)
#: What parts a run-in heading from its text.
_BEHIND_HEAD = re.compile(r"\s?[:.\u2014]\s+|\s-\s+|\s+(?=[A-Z][a-z])")
_ABSTRACT_LIMIT = 8
#: kinds of blocks whose language is looked at
_JUDGED = frozenset(
    (BlockKind.PARAGRAPH, BlockKind.ABSTRACT, BlockKind.CAPTION, BlockKind.HEADING, BlockKind.TITLE)
)


def run_in(text: str) -> tuple[str, str] | None:
    """The heading that a paragraph begins with and its role: `Comment. CT showed`, `Case Ten days after`."""
    if not text[0].isupper() and not text[0].isdigit():
        return None
    mark = _MARK.search(text, 2, 64)
    if mark:
        head = text[: mark.start()].strip()
        rest = text[mark.end() :].lstrip()
        if rest and (mark.group() != "." or rest[0].isupper() or rest[0] in '"('):
            found = shapes.heading(head)
            if found and found.role != "case":
                return head, found.role
            if found and head.lower() in shapes.heading_words():
                return head, found.role
    words = text[:80].split(" ", 4)
    for count in (3, 2, 1):
        if len(words) > count and words[count][:1].isupper() and not _NUMBERED.match(words[count]):
            key = " ".join(words[:count]).lower()
            if key in shapes.bare_headings():
                return " ".join(words[:count]), shapes.heading_words()[key]
    return None


def end_of_run_in(text: str, section: str) -> int:
    """Where the text behind its own heading begins ("CASE REPORT: A woman ..."), 0 where none runs in.

    Headings that say what their words are ("Medication: calcium") are read with them.
    """
    if not section or not text.startswith(section):
        return 0
    key = section.lower()
    if shapes.heading_words().get(key, "case") == "case" and "case" not in key:
        return 0
    mark = _BEHIND_HEAD.match(text, len(section))
    return mark.end() if mark is not None and mark.end() < len(text) else 0


def split_run_ins(drafts: list[Draft]) -> list[Draft]:
    """Paragraphs cut before a heading in their middle: `... pain. RESULTS: The ...`."""
    result: list[Draft] = []
    for draft in drafts:
        result.append(draft)
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT):
            continue
        start = draft.pieces[0].text if draft.pieces else ""
        bare = (
            bool(start) and run_in(start) is not None and not _MARK.match(start, len(start.split(" ", 1)[0]))
        )
        for i, piece in enumerate(draft.pieces):
            match = next((m for m in _INNER_RUN_IN.finditer(piece.text) if shapes.heading(m[1])), None)
            if match is None and bare:
                match = _INNER_BARE.search(piece.text)
            if match:
                head, tail = _cut(piece, match.start(1))
                rest = Draft(draft.kind, [tail, *draft.pieces[i + 1 :]], known=draft.known)
                del draft.pieces[i:]
                draft.pieces.append(head)
                result += split_run_ins([rest])
                break
    return result


def _cut(piece: Piece, at: int) -> tuple[Piece, Piece]:
    head = Piece(
        piece.text[:at].rstrip(),
        piece.gap,
        piece.glued,
        piece.indent,
        piece.page,
        piece.size,
        piece.bold,
        tuple(b for b in piece.boxes if b.start < at),
    )
    tail = Piece(
        piece.text[at:],
        page=piece.page,
        size=piece.size,
        bold=piece.bold,
        boxes=tuple(
            Box(b.start - at, b.end - at, b.page, b.x0, b.top, b.x1, b.bottom)
            for b in piece.boxes
            if b.start >= at
        ),
    )
    return head, tail


def mark_foreign(drafts: list[Draft]) -> str:
    """Find the body's language; what cannot be read becomes FOREIGN. Returns the code, "" if unsure.

    Where any part is English, the English is read, however long the text in another language is.
    """
    texts = {i: draft.text for i, draft in enumerate(drafts) if draft.kind in _JUDGED}
    scripts = other_script(" ".join(texts.values()))
    languages: dict[int, str] = {}
    weight: dict[str, int] = {}
    for i, text in texts.items():
        language = language_of(text, scripts)
        if language:
            languages[i] = language
            weight[language] = weight.get(language, 0) + len(text)
    if not weight:
        return ""
    body = max(weight.items(), key=lambda item: (item[1], item[0]))[0]
    if len(weight) == 1:
        return body
    english = any(language == "en" and _is_sure(drafts[i], "en") for i, language in languages.items())
    read = "en" if english else body
    for i, language in languages.items():
        draft = drafts[i]
        if language != read and draft.kind is not BlockKind.TITLE and _is_sure(draft, language):
            draft.kind = BlockKind.FOREIGN
    for i, draft in enumerate(drafts):
        if (
            draft.kind is BlockKind.HEADING
            and i + 1 < len(drafts)
            and drafts[i + 1].kind is BlockKind.FOREIGN
            and draft.role in ("foreign", "other", "abstract")
            and language_of(draft.text) != read
        ):
            draft.kind = BlockKind.FOREIGN
    return body


#: Headings under which nothing of the paper's own text stands.
_BEHIND_THE_TEXT = frozenset({"boilerplate", "keywords", "references"})
#: A longer paragraph (characters) under a boilerplate's run-in heading holds more than boilerplate.
_LONGEST_BOILERPLATE = 1500


def _is_sure(draft: Draft, language: str) -> bool:
    text = draft.text
    if not text.isascii() and script_language(text) == language:
        return True
    return len(text.split()) >= MIN_WORDS + 3


@dataclass(slots=True)
class _Reading:
    """Where the reader of a paper's blocks is."""

    role: str = ""  # what the last heading leads to
    blocks: int = 0  # of the abstract so far, the next included; 0 = outside
    seen: set[str] = field(default_factory=set)  # roles of the abstract's parts
    plain: bool = False  # the abstract is of one piece
    by_headings: bool = False  # its parts have headings of their own
    ran_in: bool = False  # the section's heading ran into its text
    size: float = 0.0  # of the abstract's type in points, 0 where unknown

    def heading(self, draft: Draft) -> None:
        """A heading: of a part of the abstract, else of a section."""
        if self._opens_part(draft):
            self.seen.add(draft.role)
            self.by_headings = True
            return
        if not draft.role and (known := shapes.heading(draft.text)):
            draft.role = known.role
        self.role, self.ran_in = draft.role, False
        self.blocks, self.seen = int(draft.role == "abstract"), set()
        self.plain = self.by_headings = False

    def _opens_part(self, draft: Draft) -> bool:
        inside = self.blocks and (self.blocks == 1 or self.by_headings)
        fresh = draft.role in _ABSTRACT_PARTS and draft.role not in self.seen
        return bool(inside and fresh and not draft.text[0].isdigit())

    def run_in(self, draft: Draft, found: tuple[str, str]) -> bool:
        """A paragraph's own heading becomes its section; whether the paragraph is thereby settled."""
        draft.section, role = found
        self.ran_in = True
        if role in ("boilerplate", "keywords") and len(draft.text) < _LONGEST_BOILERPLATE:
            draft.kind, draft.section = BlockKind.BOILERPLATE, None
            self.blocks = 0 if role == "keywords" else self.blocks
            return True
        if role == "abstract":
            self.blocks, self.role, self.seen = 1, "abstract", set()
        elif role == "references" and draft.kind is BlockKind.PARAGRAPH:
            draft.section = None
        return False

    def unknown_run_in(self, draft: Draft) -> tuple[str, str] | None:
        """A heading that no list knows, behind a section whose heading ran in as well."""
        match = _ANY_RUN_IN.match(draft.pieces[0].text) if self.ran_in else None
        return (match.group(), "part") if match else None

    def goes_on(self, draft: Draft, role: str) -> bool:
        """Whether a block is one more of the abstract; `role` is that of its run-in heading."""
        size = draft.pieces[-1].size or 0.0
        if self._is_over(role) or (self.blocks > 1 and not role and self._is_larger(size)):
            self.blocks = 0
            return False
        self.size = size if self.blocks == 1 else self.size
        if draft.kind is BlockKind.PARAGRAPH:
            draft.kind = BlockKind.ABSTRACT
        self.blocks += 1
        self.seen.update([role] if role else [])
        self.plain = self.plain or not (role or self.seen)
        return True

    def _is_over(self, role: str) -> bool:
        again = role in self.seen and role in ("introduction", "part", "case") and _ended(self.seen)
        return again or self.blocks > _ABSTRACT_LIMIT or (self.plain and role in ("", "introduction"))

    def _is_larger(self, size: float) -> bool:
        """Whether type is larger than the abstract's: the body, which may begin without a heading."""
        return bool(size and self.size) and size > self.size + OTHER_TYPE


def assign(drafts: list[Draft]) -> None:
    """Kinds and sections by headings: abstracts, references, boilerplate; run-in headings become sections."""
    reading = _Reading()
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            reading.heading(draft)
            continue
        if draft.kind is BlockKind.BOILERPLATE and draft.pieces[0].text[:3].lower() == "key":
            reading.blocks = 0  # keywords end an abstract
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT):
            continue
        found = run_in(draft.pieces[0].text) or reading.unknown_run_in(draft)
        if found and reading.run_in(draft, found):
            continue
        if reading.blocks and reading.goes_on(draft, found[1] if found else ""):
            continue
        if draft.kind is BlockKind.PARAGRAPH and reading.role in _BEHIND_THE_TEXT and not found:
            references = reading.role == "references"
            draft.kind = BlockKind.REFERENCE if references else BlockKind.BOILERPLATE


def _ended(seen: set[str]) -> bool:
    return "conclusion" in seen or "discussion" in seen
