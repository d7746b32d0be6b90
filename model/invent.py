"""Invented names that look like a drug's or a test's: what the model has to know by its surroundings.

Each is put together letter by letter, as the three letters before are followed in the vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

_SHORTEST, _LONGEST = 5, 14
_ORDER = 3


class Inventor:
    """Invents names in the manner of known ones, none of which it ever gives."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = frozenset(name.lower() for name in names)
        self._next: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._known):
            if name.isalpha() and name.isascii() and len(name) > _SHORTEST:
                padded = f"{'^' * _ORDER}{name}$"
                for i in range(len(padded) - _ORDER):
                    self._next[padded[i : i + _ORDER]].append(padded[i + _ORDER])

    def invent(self, random: Random) -> str:
        """A new name in lower case."""
        while True:
            name, before = "", "^" * _ORDER
            while len(name) <= _LONGEST:
                letter = random.choice(self._next[before])
                if letter == "$":
                    break
                name, before = name + letter, before[1:] + letter
            if _SHORTEST <= len(name) <= _LONGEST and name not in self._known:
                return name


def short_form(random: Random) -> str:
    """An invented short form of a test: "KX-12", "sQR", "Gal-7"."""
    letters = "".join(random.choice("ABCDEFGHIKLMNPRSTVX") for _ in range(random.randint(2, 4)))
    forms = (
        letters,
        f"{letters}-{random.randint(1, 30)}",
        f"s{letters}",
        f"{letters.title()}-{random.randint(1, 9)}",
    )
    return random.choice(forms)
