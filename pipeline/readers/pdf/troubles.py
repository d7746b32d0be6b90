"""What of a PDF was not read, or not as it should be, and how the reader says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.caps import caps
from pipeline.counted import numbered
from pipeline.errors import warning
from pipeline.readers.pdf.damage import damage_of
from pipeline.readers.pdf.ink import PageInk


@dataclass(slots=True)
class Troubles:
    """Numbers of pages (1-based) that could not be read, only in part, or only by OCR."""

    beyond: Sequence[int] = ()  # the cap on pages
    lost: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)  # nothing at all is drawn: by intention, or lost
    scans: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    too_long: dict[int, int] = field(default_factory=dict)  # page -> characters beyond the cap
    too_drawn: list[int] = field(default_factory=list)

    def look(self, ink: PageInk) -> None:
        """Note whether a page is blank and what of it lies beyond the caps."""
        if not (ink.characters or ink.images or ink.drawings or ink.across or ink.upright):
            self.blank.append(ink.number)
        if ink.beyond:
            self.too_long[ink.number] = ink.beyond
        if ink.undrawn:
            self.too_drawn.append(ink.number)

    def warnings(self, data: bytes, pages: int) -> tuple[str, ...]:
        """The sentences for documents.csv. `data` is the file, `pages` the number of its pages."""
        out = []
        if self.lost:
            out.append(warning("E03", f"{numbered('page', self.lost)} could not be read"))
        damage = damage_of(data, pages, self.blank)
        if damage.pages:
            was = "was" if len(damage.pages) == 1 else "were"
            told = f"{numbered('page', damage.pages)} {was} damaged and read only in part"
            out.append(warning("E03", told))
        elif damage.parts:
            out.append(warning("E03", f"{_counted('part', damage.parts)} damaged; text may be missing"))
        if b"%%EOF" not in data[-2048:] and not self.lost:
            out.append(warning("E03", f"the end is missing; {_counted('page', pages)} found"))
        elif damage.disorder:
            out.append(warning("E03", f"parts may be missing; {_counted('page', pages)} found"))
        if self.scans:
            out.append(warning("E07", numbered("page", self.scans)))
        if self.unmapped:
            out.append(warning("E08", numbered("page", self.unmapped)))
        out += self._caps()
        if self.by_ocr:
            out.append(f"Read by OCR, so check the numbers: {numbered('page', self.by_ocr)}.")
        return tuple(out)

    def _caps(self) -> list[str]:
        out = []
        if self.beyond:
            were = "was" if len(self.beyond) == 1 else "were"
            out.append(warning("E06", f"{numbered('page', self.beyond)} {were} not read"))
        for page, characters in self.too_long.items():
            first = caps().page_characters
            told = f"{characters:,} characters of page {page:,} after the first {first:,} were not read"
            out.append(warning("E06", told))
        if self.too_drawn:
            first = caps().page_objects
            told = f"rules and pictures after the first {first:,} of {numbered('page', self.too_drawn)}"
            out.append(warning("E06", f"{told} were not looked at"))
        return out


def _counted(noun: str, count: int) -> str:
    """ "1 page was", "12 pages were"."""
    return f"1 {noun} was" if count == 1 else f"{count:,} {noun}s were"
