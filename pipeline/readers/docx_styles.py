"""What the styles of a DOCX file mean, whatever language the word processor speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.readers.markup import Element

_HEADING = re.compile(r"(?:heading|überschrift|ueberschrift|berschrift|titre|título|titulo|titolo|kop|rubrik"
                      r"|overskrift"
                      r"|otsikko|nagłówek|naglowek|nadpis|başlık|заголовок|见出し|見出し|标题|제목|cmsor)\s?([1-9])",
                      re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel|titre|título|titulo|titolo|otsikko|tytuł|название|article ?title"
                    r"|paper ?title"
                    r"|mdpi_?1\.2_?title)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|beschriftung|légende|legende|leyenda|epígrafe|didascalia|bijschrift"
                      r"|bildtext)",
                      re.IGNORECASE)
_REFERENCE = re.compile(r"(?:bibliography|literaturverzeichnis|bibliographie|references?|endnote bibliography"
                        r"|mdpi_?7\.1_?references)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a heading of a level, the title, a caption, a reference, or nothing."""

    level: int = 0
    title: bool = False
    caption: bool = False
    reference: bool = False


def style_of_name(name: str) -> Style:
    """The meaning of a style by its name."""
    name = name.strip()
    heading = _HEADING.fullmatch(name)
    if heading:
        return Style(level=int(heading.group(1)))
    return Style(title=bool(_TITLE.fullmatch(name)), caption=bool(_CAPTION.fullmatch(name)),
                 reference=bool(_REFERENCE.fullmatch(name)))


def read_styles(root: Element | None) -> dict[str, Style]:
    """Style ids to meanings. Names are English inside the file, or localised; outline levels decide
    for styles of the author's own, which inherit from others."""
    if root is None:
        return {}
    entries = {value(style, "styleId"): style for style in root.iterfind("style")}
    return {style_id: _resolve(style_id, entries) for style_id in entries}


def _resolve(style_id: str, entries: dict[str, Element], depth: int = 0) -> Style:
    element = entries.get(style_id)
    if element is None or depth > 10:
        return Style()
    name = element.find("name")
    found = style_of_name(value(name, "val") if name is not None else style_id)
    if found != Style():
        return found
    outline = element.find("pPr/outlineLvl")
    if outline is not None and value(outline, "val").isdecimal() and int(value(outline, "val")[:2]) < 9:
        return Style(level=int(value(outline, "val")[:2]) + 1)
    based = element.find("basedOn")
    return _resolve(value(based, "val"), entries, depth + 1) if based is not None else Style()


def value(element: Element, name: str) -> str:
    """An attribute, in whatever namespace it stands."""
    for key, text in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(text)
    return ""
