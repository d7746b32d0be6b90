"""Bibliographic fields in one form, whatever format they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.paper import Source

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>]+")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_PMCID = re.compile(r"(?:PMC)?(\d{3,9})", re.IGNORECASE)
_PMID = re.compile(r"(?<!\d)[1-9]\d{0,8}(?!\d)")

#: ISO 639-2 (both variants) and names, as MEDLINE and RIS have them -> ISO 639-1
_LANGUAGES = {
    "eng": "en", "english": "en", "ger": "de", "deu": "de", "german": "de", "fre": "fr", "fra": "fr",
    "french": "fr",
    "spa": "es", "spanish": "es", "por": "pt", "portuguese": "pt", "ita": "it", "italian": "it", "jpn": "ja",
    "japanese": "ja", "chi": "zh", "zho": "zh", "chinese": "zh", "kor": "ko", "korean": "ko", "rus": "ru",
    "russian": "ru", "pol": "pl", "polish": "pl", "tur": "tr", "turkish": "tr", "dut": "nl", "nld": "nl",
    "dutch": "nl", "cze": "cs", "ces": "cs", "czech": "cs", "hun": "hu", "hungarian": "hu", "swe": "sv",
    "swedish": "sv", "dan": "da", "danish": "da", "nor": "no", "norwegian": "no", "fin": "fi",
    "finnish": "fi",
    "gre": "el", "ell": "el", "greek": "el", "heb": "he", "hebrew": "he", "ara": "ar", "arabic": "ar",
    "per": "fa",
    "fas": "fa", "persian": "fa", "rum": "ro", "ron": "ro", "romanian": "ro", "srp": "sr", "hrv": "hr",
    "scr": "hr",
    "bul": "bg", "ukr": "uk", "slo": "sk", "slk": "sk", "slv": "sl", "cat": "ca", "ice": "is", "isl": "is",
}


def doi_in(text: str | None) -> str:
    """The first DOI of a text, lower case and without resolver or the full stop behind it."""
    match = _DOI.search(text or "")
    return match.group().rstrip(".,;)]").lower() if match else ""


def year_in(text: str | None) -> int | None:
    """The first year from 1800 to 2099 in a text."""
    match = _YEAR.search(text or "")
    return int(match.group()) if match else None


def pmcid_in(text: str | None) -> str:
    """A PMC number with its prefix; "" for anything else."""
    match = _PMCID.match((text or "").strip())
    return f"PMC{match.group(1)}" if match else ""


def pmid_in(text: str | None) -> str:
    """The first whole number that may be a PubMed identifier."""
    match = _PMID.search(text or "")
    return match.group() if match else ""


def language_code(text: str | None) -> str:
    """ISO 639-1 from `en-US`, `eng` or `English`; "" where unknown."""
    name = (text or "").strip().lower()
    short = re.split(r"[-_]", name)[0]
    if len(short) == 2 and short.isalpha():
        return short
    return _LANGUAGES.get(short, "")


def given_first(name: str) -> str:
    """ "Surname, Given" as "Given Surname"; a name without comma stays as it is."""
    surname, comma, given = name.partition(",")
    return " ".join(f"{given} {surname}".split()) if comma else " ".join(name.split())


def initials_first(name: str) -> str:
    """ "Lindqvist MA" as "MA Lindqvist"."""
    surname, _, initials = name.rpartition(" ")
    return f"{initials} {surname}" if surname and initials.isupper() else " ".join(name.split())


_LABEL = re.compile(r"(?:(?<=[.?!)%] )|^)(?=[A-Z][A-Z,&/() -]{3,50}: )")


def abstract_parts(text: str) -> list[str]:
    """The parts of a structured abstract that came as one line: "AIM: To ... CASE REPORT: A ..."."""
    return [part.strip() for part in _LABEL.split(text) if part.strip()]


def title_in(text: str) -> str:
    """A title without the brackets of a translated one and without its full stop."""
    title = text.strip()
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        title = title.rstrip(".")[1:-1]
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def with_suffixes(sources: Sequence[Source]) -> list[Source]:
    """Tell the records of one file apart by PMID, else PMCID, else number; a single one needs nothing.

    Raises ReadError E06 for more records than the cap allows.
    """
    if len(sources) > caps().records:
        raise ReadError("E06", f"{len(sources):,} records, at most {caps().records:,}")
    if len(sources) < 2:
        return list(sources)
    seen: dict[str, int] = {}
    result = []
    for number, source in enumerate(sources, 1):
        suffix = source.metadata.pmid or source.metadata.pmcid.lower() or str(number)
        seen[suffix] = seen.get(suffix, 0) + 1
        if seen[suffix] > 1:
            suffix = f"{suffix}-{seen[suffix]}"
        result.append(replace(source, record_suffix=suffix))
    return result
