"""In which language a text is: by its script, else by the most frequent function words (languages.csv)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.structure import vocabulary

#: (language, letters of its script); kana, hangul and the Ukrainian letters decide before the shared ones
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("uk", re.compile("[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]")),
    ("ru", re.compile("[\u0410-\u044f]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("th", re.compile("[\u0e01-\u0e4e]")),
    ("hi", re.compile("[\u0904-\u0939]")),
)
_OTHER_SCRIPT = re.compile("[\u0404-\u0491\u0590-\u06ff\u0900-\u0e7f\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+")
#: a text this short in words is not judged by function words
MIN_WORDS = 7


@cache
def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for row in vocabulary.LANGUAGES.rows:
        words.setdefault(row["word"], []).append(row["language"])
    return {word: tuple(languages) for word, languages in words.items()}


@cache
def _english() -> frozenset[str]:
    return frozenset(word for word, languages in _words().items() if "en" in languages)


@cache
def _foreign() -> frozenset[str]:
    """Function words of other languages that are none of English."""
    return frozenset(_words()) - _english()


def other_script(text: str) -> bool:
    """Whether a text holds any letter of a script that `script_language` knows."""
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def language_of(text: str, scripts: bool = True) -> str:
    """The ISO 639-1 code of the language, "" where it cannot be told. Fast where it is English.

    `scripts` False tells that no letter of another script is in the text.
    """
    if scripts and other_script(text):
        foreign = script_language(text)
        if foreign:
            return foreign
    words = text.lower().split()
    total = len(words)
    hits = sum(map(_english().__contains__, words))
    if total < MIN_WORDS:
        return "en" if hits > 1 and hits * 5 >= total else ""
    if hits * 5 >= total:
        return "en"
    if hits * 10 >= total and sum(map(_foreign().__contains__, words)) * 16 < total:
        return "en"
    return _by_function_words(text.lower(), hits)


def script_language(text: str) -> str:
    """The language that the script tells, if a good part of the letters is in it."""
    letters = sum(1 for c in text if c.isalpha()) or 1
    for language, script in _SCRIPTS:
        count = len(script.findall(text))
        if count > 0.25 * letters or (
            count > 0.05 * letters and language in ("ja", "ko", "uk") and count > 8
        ):
            return language
    return ""


def _by_function_words(lower: str, english: int) -> str:
    """The language with most hits; a language other than English needs clearly more than English has."""
    counts: Counter[str] = Counter()
    distinct: dict[str, set[str]] = {}
    known = _words()
    words = [match.group() for match in _WORD.finditer(lower)]
    for word in words:
        for language in known.get(word, ()):
            counts[language] += 1
            if len(word) > 1:  # single letters are symbols and list marks as well
                distinct.setdefault(language, set()).add(word)
    total = len(words)
    english = max(english, counts.pop("en", 0))
    if counts:
        language, hits = max(
            counts.items(), key=lambda item: (len(distinct.get(item[0], ())), item[1], item[0])
        )
        if hits >= 0.08 * total and len(distinct.get(language, ())) > 2 and hits > 1.5 * english:
            return language
    return "en" if english >= 0.1 * total else ""
