"""What each sentence may speak of, told by fragments of words, in one pass over a text.

Rules are costly and most sentences concern few of them; this says which are worth trying. A topic
is a bit; a sentence's topics are their sum.
"""

from __future__ import annotations

from functools import cache

import ahocorasick

from extractors.text import View

AGE = 8
PARITY = 16
BUILD = 32  # height, weight, body mass index
SEX = 64  # "male", "female"
AGE_LOOSE = 128  # an age, if a number of years stands there too


_FRAGMENTS: dict[int, str] = {
    AGE: (
        "-old|- old|s old|r old|y old|h old|k old|o old|. old| olds|yearold|age |age:|age,|age=|age.|aged|"
        "ages|y/o|yr/o|m/o|w/o |y.o|yo |yo,|yo-|yo)|decade|0s|0's|wenties|hirties|orties|ifties|ixties|"
        "eventies|ighties|ineties|teens|middle-|middle aged|elderly|teenage|genarian|newborn|new-born|neonate"
    ),
    AGE_LOOSE: (
        "mrs|mr.|ms.|miss |mr |ms |menarche|menopause|married|diagnosed at|died at|woman of|man of|lady of|"
        "wife of|girl of|boy of|patient of|she was|she is|he was|"
        "he is|i'm |i am |i was | years)| years,| yrs)| years.|woman, |woman (|man, |man (|patient (|"
        + "|".join(f"{figure}, a" for figure in range(10))
    ),
    PARITY: (
        "gravid|para |para-|parity|para:|para,|para.|para)|iparous|iparae|mother of|pregnancy|pregnant for|"
        "children|deliveries| p0l| p1l| p2l| p3l| p4l| p1 l| p2 l|delivery|birth|labor|labour|confinement|"
        "st child|nd child|rd child|"
        "st baby|nd baby|rd baby|th child| g1| g2| g3| g4| g5| g6| g7| g8|g1p|g2p|g3p|g4p|g5p|g6p|g7p|g1 p|"
        "g2 p|g3 p|g4 p|g5 p|(g1|(g2|(g3|(g4|(g5|(g6|/g|,g1|,g2|,g3| g i| gi|1g|2g|3g|4g|g 1|g 2|g 3|"
        "cesarean|caesarean"
    ),
    SEX: "male",
    BUILD: "height|tall|stature|weigh|wt|bmi|mass ind|mass-ind|quetelet|kg|kilo| lb|lbs|pounds|stone| ft|"
    "feet|foot|'",
}


@cache
def _automaton() -> ahocorasick.Automaton:
    bits: dict[str, int] = {}
    for topic, words in _FRAGMENTS.items():
        for word in words.split("|"):
            bits[word] = bits.get(word, 0) | topic
    automaton = ahocorasick.Automaton()
    for word, value in bits.items():
        automaton.add_word(word, value)
    automaton.make_automaton()
    return automaton


def topics_of(view: View) -> list[int]:
    """The topics of each sentence of a view, by the sentence's index."""
    key = ("topics",)
    found = view.cache.get(key)
    if found is None:
        found = _topics(view)
        view.cache[key] = found
    return found


def _topics(view: View) -> list[int]:
    sentences = view.sentences
    out = [0] * len(sentences)
    if not sentences:
        return out
    ends = [s.end for s in sentences]
    index, limit, last = 0, ends[0], len(ends) - 1
    for place, bits in _automaton().iter(view.lower):
        while place >= limit and index < last:
            index += 1
            limit = ends[index]
        if place >= limit:
            break
        out[index] |= bits
    return out
