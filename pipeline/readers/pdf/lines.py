"""Words -> printed lines: baselines, spaces, superscripts and subscripts, letter-spaced words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.ink import Turn, Word

_SMALL = 0.84  # a run this much smaller than its neighbour may be a superscript or subscript
_SHIFT = 0.12  # ... when its baseline is off by this share of the neighbour's size

#: What a raised number belongs to, rather than cites: units, powers of ten, charges, chemical and
#: statistical symbols (SI brochure, 9th ed., section 5.4: exponents follow the unit symbol).
_BASE_OF_POWER = re.compile(
    r"(?:^|[\s/·.(×x*\d])(?:[kcdmµμn]?m|[kmµμn]?g|[mµμnp]?mol|[mµμd]?[lL]|s|h|min|d|day|week|year|kPa|Hz|K|IU|U|N|J|W|Bq)$"
)
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_SYMBOL = re.compile(r"(?:^|[\s(=,;])(?:[A-Za-zα-ωχΧ]|\]|\))$")
_POWER = re.compile(r"^[-–−+]?\d{1,2}$")
_CHARGE = re.compile(r"^(?:\d?[-+–−]|[-+–−]\d?)$")
_ORDINAL = re.compile(r"^(?:st|nd|rd|th|o|a|º|ª|er|e)$")
# some fonts map the dash of "3-5" to the letter e
_CITATION = re.compile(r"^[\[(]?(?:[\d\s,;:.\-–—−]|(?<=\d)e(?=\d))+[\])]?$")
_MARK = re.compile(r"^(?:(?:[a-z](?![a-z])|\d{1,3}+|[#*†‡§¶∥‖∗+])[,;\s]*+)++$")
_ISOTOPE = re.compile(r"^(?:H|C|N|O|F|P|S|K|Ca|Ga|Tc|I|In|Tl|Lu|Sm|Sr|Ra|Y|Cu|Zr|Xe|Cr|Fe|Co|Rb|U)(?![a-z])")


@dataclass(slots=True)
class TextLine:
    """A printed line. `words` are in printed order; `text` and `spans` (start, end, word) are made
    by `compose`. `boxes` keep the place of each word in `text`."""

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    font: str = ""  # of most characters
    turn: Turn = Turn.RIGHT
    text: str = ""
    spans: list[tuple[int, int, float, float]] = field(default_factory=list)  # start, end, x0, x1

    def __post_init__(self) -> None:
        self.measure()

    def forget_words(self) -> None:
        """Let go of the words when nothing needs them any more: in a long document they weigh most."""
        self.words = []

    def measure(self) -> None:
        """Recompute extent, dominant size and weight from the words."""
        self.turn = self.words[0].turn
        self.x0 = min([w.x0 for w in self.words])
        self.x1 = max([w.x1 for w in self.words])
        if len(self.words) == 1:
            word = self.words[0]
            self.size, self.baseline = word.size, word.baseline
            self.bold, self.italic, self.font = word.bold, word.italic, word.font
            self.top, self.bottom = word.top, word.bottom
            return
        first = self.words[0]
        if all(
            w.size == first.size and w.font == first.font and w.baseline == first.baseline for w in self.words
        ):
            main = self.words
            self.size, self.baseline = first.size, first.baseline
            self.bold, self.italic, self.font = first.bold, first.italic, first.font
        else:
            main = self._measure_mixed()
        self.top = min([w.top for w in main])
        self.bottom = max([w.bottom for w in main])

    def _measure_mixed(self) -> list[Word]:
        """Set the dominant size, font and weight; returns the words of that size."""
        styles: Counter[tuple[float, str, bool, bool]] = Counter()
        sizes: Counter[float] = Counter()
        for word in self.words:
            n = len(word.text)
            styles[word.size, word.font, word.bold, word.italic] += n
            sizes[word.size] += n
        self.size = sizes.most_common(1)[0][0]
        total = sum(sizes.values())
        self.bold = 2 * sum(n for style, n in styles.items() if style[2]) > total
        self.italic = 2 * sum(n for style, n in styles.items() if style[3]) > total
        self.font = styles.most_common(1)[0][0][1]
        main = [w for w in self.words if abs(w.size - self.size) <= 0.5] or self.words
        self.baseline = sorted(w.baseline for w in main)[len(main) // 2]
        return main


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words on common baselines, top to bottom, each row from left to right.

    Small raised or lowered runs join the row whose words they stand beside.
    """
    rows: list[list[Word]] = []
    levels: list[float] = []
    heights: list[float] = []
    for word in sorted(words, key=lambda w: w.baseline):
        if levels and word.baseline - levels[-1] <= 0.22 * min(word.size, heights[-1]):
            row = rows[-1]
            row.append(word)
            if word.size > heights[-1]:
                heights[-1] = word.size
                levels[-1] = word.baseline
            continue
        rows.append([word])
        levels.append(word.baseline)
        heights.append(word.size)
    if len(rows) > 1:
        heights = [sorted(w.size for w in row)[len(row) // 2] for row in rows]
        rows = _join_raised(rows, levels, heights)
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def _join_raised(rows: list[list[Word]], levels: list[float], heights: list[float]) -> list[list[Word]]:
    """Words of small rows that touch a word of the row above or below go there."""
    out: list[list[Word]] = [list(row) for row in rows]
    for i, row in enumerate(rows):
        for host, sign in ((i + 1, 1), (i - 1, -1)):
            if not 0 <= host < len(rows) or not row:
                continue
            if heights[i] > _SMALL * max(w.size for w in rows[host]) and heights[i] > _SMALL * heights[host]:
                continue
            shift = abs(levels[host] - levels[i])
            limit = 0.75 if sign > 0 else 0.5
            if shift > limit * heights[host]:
                continue
            stays = []
            for word in sorted(out[i], key=lambda w: w.x0):
                if word.size <= _SMALL * heights[host] and _touches(word, out[host]):
                    word.raised = sign
                    out[host].append(word)
                else:
                    stays.append(word)
            out[i] = stays
    return [row for row in out if row]


def _touches(word: Word, row: Sequence[Word]) -> bool:
    """Whether a raised word stands right beside a word of the row (or beside another raised one)."""
    reach = (1.0 if word.text[:1].isdigit() else 0.6) * word.size
    return any(
        -reach <= word.x0 - other.x1 <= reach or -reach <= other.x0 - word.x1 <= reach
        for other in row
        if abs(other.x1 - word.x0) < 60 or abs(other.x0 - word.x1) < 60
    )


def mark_raised(row: list[Word]) -> None:
    """Set `raised` on small words of a row by their baseline against the neighbours' one."""
    for i, word in enumerate(row):
        hosts = [row[j] for j in (i - 1, i + 1) if 0 <= j < len(row) and row[j].size * _SMALL >= word.size]
        if not hosts:
            # behind another raised run: "1,2" set as two runs
            if (
                i
                and row[i - 1].raised
                and abs(row[i - 1].baseline - word.baseline) < 0.1 * word.size
                and abs(row[i - 1].size - word.size) < 0.15 * word.size
            ):
                word.raised = row[i - 1].raised
            continue
        shift = hosts[0].baseline - word.baseline
        if shift > _SHIFT * hosts[0].size:
            word.raised = 1
        elif shift < -0.06 * hosts[0].size:
            word.raised = -1


def compose(row: list[Word], in_table: bool = False) -> TextLine:
    """One line of text from the words of a row: spaces put in, citation marks left out."""
    line = TextLine(row)
    if any(w.size < _SMALL * line.size for w in row):
        mark_raised(row)
    row = _letters_joined(row)
    text = ""
    spans: list[tuple[int, int, float, float]] = []
    previous: Word | None = None
    dropped = False
    for i, word in enumerate(row):
        piece = word.text
        spaced = previous is not None and _space_between(previous, word)
        if spaced and previous is not None and previous.raised and piece[:1] in ".,;:)":
            spaced = False
        if word.raised > 0:
            kept = raised_text(text, piece, row[i + 1] if i + 1 < len(row) else None, word, spaced, in_table)
            if not kept:
                dropped = True
                previous = word
                continue
            piece = kept
        if (
            previous is not None
            and (spaced or dropped)
            and text
            and not text.endswith(" ")
            and not (dropped and re.match(r"[.,;:)\]!?]", piece))
        ):
            text += " "
        dropped = False
        spans.append((len(text), len(text) + len(piece), word.x0, word.x1))
        text += piece
        previous = word
    line.text, line.spans = text, spans
    return line


def raised_text(
    before: str, mark: str, following: Word | None, word: Word, spaced: bool, in_table: bool
) -> str:
    """What stays of a superscript behind `before`: the text to write, or "" for a citation or note mark."""
    if _is_mass_number(mark, word, following):
        return mark
    if before and not before.endswith(" ") and not spaced:  # right behind a word
        tail = before[-12:]
        if _POWER.match(mark) and (power := _power(tail, mark)):
            return power
        if _belongs_to_word(tail, mark, in_table):
            return mark
    return "" if _CITATION.match(mark) or _MARK.match(mark) else mark


def _is_mass_number(mark: str, word: Word, following: Word | None) -> bool:
    """Whether a superscript is that of an isotope ("99m" before "Tc")."""
    if following is None or following.raised != 0 or _space_between(word, following):
        return False
    return bool(_ISOTOPE.match(following.text) and re.match(r"^\d{1,3}m?$", mark))


def _power(tail: str, mark: str) -> str:
    """A power as it is written in running text: "10^9", "cm2"; "" where the mark is none of `tail`."""
    plain = mark.replace("–", "-").replace("−", "-")
    if _TEN.search(tail):
        return "^" + plain
    if _BASE_OF_POWER.search(tail) and mark.lstrip("-–−+") in {"1", "2", "3"}:
        return plain
    return mark if mark == "2" and _SYMBOL.search(tail) else ""


def _belongs_to_word(tail: str, mark: str, in_table: bool) -> bool:
    """Whether a superscript is an ion's charge or an ordinal's ending."""
    if _CHARGE.match(mark) and tail[-1:].isalpha():
        return True
    return bool(_ORDINAL.match(mark) and tail[-1:].isdigit() and not (in_table and mark in "aeo"))


def _space_between(a: Word, b: Word) -> bool:
    """Whether two neighbours on a line are separate words."""
    gap = b.x0 - a.x1
    if abs(a.size - b.size) > 0.15 * max(a.size, b.size) and abs(a.baseline - b.baseline) > 0.5:
        return gap > 0.15 * max(a.size, b.size)  # PDFium puts a space wherever the baseline jumps
    if b.number == a.number + 1 and a.turn == b.turn:
        return not b.glued
    return gap > 0.13 * min(a.size, b.size)


def _letters_joined(row: list[Word]) -> list[Word]:
    """Undo letter-spacing: four or more single letters at even distances become words."""
    if sum(len(w.text) == 1 for w in row) < 4:
        return row
    out: list[Word] = []
    i = 0
    while i < len(row):
        j = i
        while (
            j < len(row)
            and len(row[j].text) <= 3
            and row[j].text.isalpha()
            and not row[j].raised
            and (len(row[j].text) == 1 or row[j].text.isupper())
        ):
            j += 1
        run = row[i:j]
        single = sum(len(w.text) == 1 for w in run)
        out += _spaced_letters(run) if single >= 4 and single >= 0.5 * len(run) else run
        if j < len(row):
            out.append(row[j])
        i = j + 1
    return out


def _spaced_letters(letters: list[Word]) -> list[Word]:
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 3]
    # separate one-letter words are rare: real letter-spacing has gaps that differ little
    if usual <= 0.02 * letters[0].size or sum(g < 1.7 * usual for g in gaps) < 0.6 * len(gaps):
        return letters
    groups: list[list[Word]] = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap >= 1.7 * usual:
            groups.append([])
        groups[-1].append(letter)
    joined: list[Word] = []
    for group in groups:
        first, last = group[0], group[-1]
        joined.append(
            Word(
                "".join(w.text for w in group),
                first.x0,
                min(w.top for w in group),
                last.x1,
                max(w.bottom for w in group),
                first.baseline,
                first.size,
                -5 - len(joined) * 3,
                False,
                first.bold,
                first.italic,
                first.font,
                first.turn,
            )
        )
    return joined
