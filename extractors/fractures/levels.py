"""Vertebral levels with their lists and ranges, expanded: `T5-7-9-11-12`, `T12 through L5`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.fractures.anatomy import PLACE, expand, in_order
from extractors.fractures.notations import BOOK, SLOTS, Atom, bare_number
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, folded, lower_same_length
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class LevelRef:
    """Levels told at [start, end): one, or all of a range. `chain` numbers the list it stands in.

    `form` is "symbol" (T8), "word" (eighth thoracic), "bare" (the 9 of "T8, 9") or "group"
    ("all lumbar vertebrae").
    """

    start: int
    end: int
    levels: tuple[str, ...]
    form: str
    chain: int


_RANGE = Glue(
    r" ?(?:[-~]|(?:\([^)]{1,20}\) )?(?:down |up )?\b(?:to|through|thru|until|till)\b) ?"
    r"(?:and including )?(?:the )?(?:level of )?",
    SLOTS,
)
_LIST = Glue(
    r" ?(?:[,;&+/]|,? ?\b(?:and|or|as well as|plus)\b) ?(?:(?:and|or|also|as well as|to a lesser extent) )?"
    r"(?:(?:of|at|in|on) )?(?:the )?",
    SLOTS,
)
_BETWEEN = Glue(r"\bbetween (?:the )?(?:levels? )?(?:of )?(?:the )?$", SLOTS)
#: Behind two neighbours: the disc between them, or a joint.
_DISC = Glue(
    r"(?:,? ?(?:vertebral|intervertebral|lumbar|thoracic|cervical|facet))* ?"
    r"(?:dis[ck](?:s|al)?|inter-?spaces?|inter-?vertebral (?:spaces?|foramina|foramen)|facets?)\b"
)
#: A bare number is shown from its symbol on if that stands no further away than this.
_SHOWN = 40


def parse_levels(text: str, base: int = 0) -> list[LevelRef]:
    """Every level of a table cell or a label, ranges and lists expanded, in order.

    Offsets count from `base`. What is read are notations, not meanings: the caller decides
    whether "T1" is a level or a magnetic resonance weighting.
    """
    plain = folded(text)
    lower = lower_same_length(plain)
    return _refs(plain, lower, _atoms(BOOK.in_text(plain, lower), 0), base)


def levels_in(view: View, sentence: Sentence) -> list[LevelRef]:
    """The same of a sentence, with offsets in the sentence; read once for all who ask."""
    key = ("fractures.levels", sentence.index)
    if key not in view.cache:
        atoms = _atoms(BOOK.find(view, sentence), sentence.start)
        view.cache[key] = _refs(sentence.text, sentence.lower, atoms, 0)
    found: list[LevelRef] = view.cache[key]
    return found


def _atoms(found: Iterable[Found], base: int) -> list[Atom]:
    """Single levels and groups in order, not overlapping; offsets of the text that the matches are of."""
    atoms = sorted((a for f in found for a in f.read() or ()), key=lambda a: (a.start, a.end))
    kept: list[Atom] = []
    for atom in atoms:
        if not kept or atom.form == "word" or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _refs(text: str, lower: str, atoms: list[Atom], base: int) -> list[LevelRef]:
    out: list[LevelRef] = []
    chain, end, i = -1, 0, 0
    while i < len(atoms):
        start = atoms[i].start
        if chain < 0 or not (end > start or _LIST.fills(lower, end, start)):
            chain += 1
        run, i = _run(text, lower, atoms, i)
        out += [LevelRef(p.start + base, p.end + base, p.levels, p.form, chain) for p in run]
        end = run[-1].end
    return _apart_from_discs(lower, out, base)


def _apart_from_discs(lower: str, refs: list[LevelRef], base: int) -> list[LevelRef]:
    """ "T12, the T11-T12 disc": the discs at a list's end are a list of their own."""
    out: list[LevelRef] = []
    own: int | None = None  # the list that the discs at its end are parted from
    for at in range(len(refs) - 1, -1, -1):
        ref = refs[at]
        ends = at + 1 == len(refs) or refs[at + 1].chain != ref.chain
        if ends:
            own = ref.chain if _DISC.behind(lower, ref.end - base) and _pair(lower, refs, at, base) else None
        elif own == ref.chain and not _pair(lower, refs, at, base):
            own = None
        out.append(replace(ref, chain=2 * ref.chain + (own == ref.chain)))
    numbers = {chain: n for n, chain in enumerate(dict.fromkeys(ref.chain for ref in reversed(out)))}
    return [replace(ref, chain=numbers[ref.chain]) for ref in reversed(out)]


def _pair(lower: str, refs: list[LevelRef], at: int, base: int) -> bool:
    """Whether a reference is two neighbours, or one of two with a stroke between ("T7/8")."""
    if len(refs[at].levels) == 2:
        return True
    behind = lower[refs[at].end - base : refs[at].end - base + 1] == "/"
    return behind or (at > 0 and lower[refs[at - 1].end - base : refs[at - 1].end - base + 1] == "/")


def _run(text: str, lower: str, atoms: list[Atom], i: int) -> tuple[list[Atom], int]:
    """The atom at `i` with the bare numbers and range ends that follow it, and the next index."""
    items = [atoms[i]]
    joins: list[str] = []  # between items: "-", "to" or ","
    i += 1
    while True:
        join, following = _joined(text, lower, atoms, i, items)
        if following is None:
            return _merged(items, joins), i
        i += following.form != "bare"
        items.append(following)
        joins.append(join)


def _joined(text: str, lower: str, atoms: list[Atom], i: int, items: list[Atom]) -> tuple[str, Atom | None]:
    """What goes on with a run of items, and how it is joined to it."""
    last = items[-1]
    to = _RANGE.behind(lower, last.end)
    if to and (following := _next(text, atoms, i, to.end(), last)):
        return ("-" if to.group().strip() in "-~" else "to"), following
    also = _LIST.behind(lower, last.end)
    following = _next(text, atoms, i, also.end(), last) if also else None
    if also is None or following is None:
        return "", None
    if len(items) == 1 and "and" in also.group() and _BETWEEN.within(lower, last.start - 30, last.start):
        return "to", following
    # a new symbol begins its own run; that the list goes on is seen by the chain
    return ",", following if following.form == "bare" else None


def _next(text: str, atoms: list[Atom], i: int, at: int, last: Atom) -> Atom | None:
    """What follows a connector at `at`: the next atom, or a bare number in the last atom's region."""
    if i < len(atoms) and atoms[i].start == at:
        return atoms[i]
    if last.form in ("word", "group") or (i < len(atoms) and atoms[i].start < at):
        return None
    bare = bare_number(text, at, last.region, roman=text[last.end - 1] in "IVX")
    return bare if bare and PLACE[bare.levels[0]] > PLACE[last.levels[-1]] else None


def _merged(items: list[Atom], joins: list[str]) -> list[Atom]:
    """Ranges become one part; three or more numbers between hyphens are a list ("T5-7-9")."""
    parts: list[Atom] = []
    begin = 0
    for stop in [k for k, join in enumerate(joins) if join == ","] + [len(joins)]:
        group = items[begin : stop + 1]
        if len(group) == 2:
            first, last = group
            levels = expand(first.levels[0], last.levels[-1])
            group = [Atom(levels, first.form, first.start, last.end)]
        parts.extend(group)
        begin = stop + 1
    return _shown(parts)


def _shown(parts: list[Atom]) -> list[Atom]:
    """Bare numbers with the symbol that gives them their region."""
    out: list[Atom] = []
    symbol = parts[0]
    for part in parts:
        if part.form != "bare":
            symbol = part
        elif part.end - symbol.start <= _SHOWN:
            part = replace(part, start=symbol.start)  # noqa: PLW2901
        out.append(part)
    return out


def levels_of(refs: list[LevelRef]) -> list[str]:
    """The levels of some references, each once, from top to bottom."""
    return in_order(level for ref in refs for level in ref.levels)
