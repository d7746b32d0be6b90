"""The LaTeX that BibTeX files write letters and signs with, as plain text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extractors.rules.words import Vocabulary
from pipeline.readers.markup import SUB, SUB_END, SUP, SUP_END, plain

SIGNS = Vocabulary("pipeline.readers", "latex_signs.csv", ("command", "sign", "source"), key=("command",))
#: accent commands -> combining characters
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
            ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
            "r": "\u030a", "d": "\u0323", "b": "\u0331"}
_SYMBOLIC_ACCENT = re.compile(r"""\\(['`^"~=.])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))""")
_LETTER_ACCENT = re.compile(r"\\([uvHckrdb])(?:\s*\{\s*\\?([A-Za-z])\s*\}|\s+\\?([A-Za-z])(?![A-Za-z]))")
_SCRIPT = re.compile(r"(\\textsuperscript|\\textsubscript|\^|_)\s*\{([^{}]*)\}")
_MATH_SCRIPT = re.compile(r"([\^_])([0-9A-Za-z+-])")
_MATH_FONT = re.compile(r"\\(?:math\w+|text\w*|rm|ensuremath)\s*\{([^{}]*)\}")
_MATH = re.compile(r"(?<!\\)\$([^$]{0,300})(?<!\\)\$|\\\(([^$]{0,300}?)\\\)")
_ESCAPED = re.compile(r"\\([%&$#_{}<> ])")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(?:\{\}|([ \t]*))")
_ONE_COMMAND = re.compile(r"(?:\\ensuremath)?\{?\\([A-Za-z]+)\}?")
_TIE = re.compile(r"(?<=[^\s(\\])~|\\[,;:!/]")  # behind a blank the sign means "about"
_BRACES = re.compile(r"[{}]")
_KEPT_BRACES = {"\\{": "\ue000", "\\}": "\ue001"}


def plain_text(value: str) -> str:
    """Words of a BibTeX value: accents composed, signs as characters, powers as readers write them (10^9).

    A command that no table knows is dropped and the words in its braces stay: none is ever lost.
    """
    if "\\" not in value and "$" not in value and "{" not in value and "~" not in value:
        return value
    text = value
    for escaped, kept in _KEPT_BRACES.items():
        text = text.replace(escaped, kept)
    text = _SYMBOLIC_ACCENT.sub(_accented, text)
    text = _LETTER_ACCENT.sub(_accented, text)
    text = _MATH.sub(lambda m: _script_braces(m.group(1) if m.group(1) is not None else m.group(2)), text)
    text = _SCRIPT.sub(_raised, text)
    text = _TIE.sub(" ", text).replace("\\\\", " ")
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = _COMMAND.sub(_sign, _ESCAPED.sub(r"\1", text))
    text = _BRACES.sub("", text).replace("\ue000", "{").replace("\ue001", "}")
    return "\n".join(map(plain, text.split("\n"))) if SUP in text or SUB in text else text


def _script_braces(math: str) -> str:
    """Math without its dollars; single raised and lowered signs get braces."""
    return _MATH_SCRIPT.sub(r"\1{\2}", _MATH_FONT.sub(r"\1", math)) + "{}"  # ends a command's name


def _accented(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match.group(2) or match.group(3)) + _ACCENTS[match.group(1)])


def _raised(match: re.Match[str]) -> str:
    low = match.group(1) in ("_", "\\textsubscript")
    return f"{SUB}{match.group(2)}{SUB_END}" if low else f"{SUP}{match.group(2)}{SUP_END}"


def _sign(match: re.Match[str]) -> str:
    """A command's character; blanks behind a command that stands for none end its name and are no words."""
    sign = _signs().get(match.group(1), "")
    return sign + match.group(2) if sign and match.group(2) and not sign.isalpha() else sign


@cache
def _signs() -> dict[str, str]:
    """LaTeX command -> character: latex_signs.csv, then the tables of pylatexenc the other way round."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict  # noqa: PLC0415 - takes a while

    found = {row["command"]: row["sign"] for row in SIGNS.rows}
    for code, written in get_builtin_uni2latex_dict().items():
        match = _ONE_COMMAND.fullmatch(written)
        if match:
            found.setdefault(match.group(1), chr(code))
    return found
