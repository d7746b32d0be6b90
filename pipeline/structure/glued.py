"""Words that lost the blank between them: ordinals, sentences, headings and names of drugs glued to what
follows; brackets that kept a stroke of a mark-up."""

from __future__ import annotations

import re

from pipeline.structure.shapes import heading_words

#: "5thlumbar": a raised ending whose blank went with it; "5-thio" and "6thioguanine" are none.
_ORDINAL = re.compile(r"\b(\d{0,2}(?:1st|2nd|3rd|[04-9]th)|1[1-3]th)(?=[a-z]{2})(?!i[oa])")
_MAY_BE_ORDINAL = re.compile("[0-9](?:st|nd|rd|th)[a-z]")
#: "the 2 nd case": the raised ending of an ordinal that stands apart.
_TORN = re.compile(r" (?=(?:st|nd|rd|th)\b)(?:(?<=1 )(?=st)|(?<=2 )(?=nd)|(?<=3 )(?=rd)|(?<=\d )(?=th))")
_MAY_BE_TORN = re.compile(r"[0-9] (?:st|nd|rd|th)\b")
#: "spine.Pain began": two sentences, not an address or a file.
_SENTENCES = re.compile(
    r"((?:(?<=[a-z]{3})|(?<=[A-Z]\d)|(?<=[\d.]\d)|(?<=/[a-z]{2})|(?<=/[a-zA-Z])|(?<=[\da-z]\)))[.!?])"
    r"(?=[A-Z][a-z]+[ ,;:A-Z])"
)
_MAY_BE_SENTENCES = re.compile("[.!?][A-Z][a-z]")
#: "thalidomide100mg": a name and its dose.
_DOSE = re.compile(r"\d(?<=[a-z]{5}\d)(?=[\d.,]{0,6} ?(?:mg|mcg|\u00b5g|IU|UI)\b(?! ?/ ?(?:d|100 ?m)?[lL]))")
_MAY_BE_DOSE = re.compile(r"[a-z]\d[\d.,]* ?(?:m|\u00b5|IU|UI)")
#: "\\(PZA)": a bracket that a mark-up has escaped.
_ESCAPED = re.compile(r"\\(?=[()\[\]])")
#: A capital or a digit that small letters meet: "ResultsFerritin", "Case reportA woman".
_MEETING = re.compile(r"[A-Z0-9](?<=[a-z].)(?:(?<=\d)|(?=[a-z ]))")
#: The words before such a place, from a sentence's or line's beginning.
_WORDS_BEFORE = re.compile(r"(?:^|[.!?)\]\n] ?)([A-Z][a-z]+(?: [A-Za-z]+){0,3})$")
#: Characters of the longest heading that is looked for.
_REACH = 42


def _glued_headings(text: str) -> set[str]:
    """The headings that stand right before their text."""
    found: set[str] = set()
    for meeting in _MEETING.finditer(text):
        end = meeting.start()
        words = _WORDS_BEFORE.search(text, max(0, end - _REACH), end)
        if words is not None and words[1].lower() in heading_words():
            found.add(words[1])
    return found


def steps(text: str) -> list[tuple[re.Pattern[str], str]]:
    """The repairs that a text may need, in order: what is looked for, and what takes its place."""
    found: list[tuple[re.Pattern[str], str]] = []
    if _MAY_BE_ORDINAL.search(text):
        found.append((_ORDINAL, r"\1 "))
    if _MAY_BE_TORN.search(text):
        found.append((_TORN, ""))
    if _MAY_BE_SENTENCES.search(text):
        found.append((_SENTENCES, r"\1 "))
    if _MAY_BE_DOSE.search(text):
        found.append((_DOSE, r" \g<0>"))
    if "\\" in text:
        found.append((_ESCAPED, ""))
    if headings := _glued_headings(text):
        names = "|".join(sorted(map(re.escape, headings), key=len, reverse=True))
        begins = r"(?:(?<=[.!?)\]] )|(?<=[.!?)\]])|^)"
        found.append((re.compile(rf"{begins}({names})(?=[A-Z0-9])", re.MULTILINE), r"\1 "))
    return found
