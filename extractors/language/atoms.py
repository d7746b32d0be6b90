"""Small named parts of phrases that every book may use: `{count}`, `{ordinal}`, `{number word}`."""

from __future__ import annotations

from extractors.language.numbers import COUNT, DECIMAL, NUMBER, ORDINAL, WORD_NUMBER
from extractors.rules.rule import Pattern

#: A month's name, whole or cut.
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
#: Slots by name; a book adds its own to them.
ATOMS: dict[str, str | Pattern] = {
    "number": NUMBER,  # 1,200; 0.71; 0,714
    "decimal": DECIMAL,  # 0,714; 1,023; .71
    "number word": WORD_NUMBER,  # three, thirty-two
    "count": COUNT,  # 3, three, a, two and a half
    "ordinal": ORDINAL,  # 8th, eighth, thirty-second
}
