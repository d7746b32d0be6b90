"""A direction told before a bracket or a colon: "hypocalcaemia (total calcium 6.3, ionized calcium 0.8)"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.labs import glue
from extractors.labs.relations import MEMBERS
from extractors.labs.scan import closing
from extractors.labs.sentence import Name, Reading, Result, Scan
from extractors.labs.vocabulary import NameHit, forms_of
from extractors.labs.words import plain
from extractors.rules.rule import Glue

#: Characters from a panel to its result word.
_NEAR = 40
#: Results that clear whatever was looked for; a negative one only what is there or not.
_CLEARS = frozenset({"normal", "clean", "negative"})
_SOUGHT = frozenset({"ab", "micro", "qual", "marker"})
_DIRECTIONS = {"high": "high", "changed-high": "high", "low": "low", "changed-low": "low"}


def members(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    """Readings of the tests in a bracket, of which nothing else is said, by the word before it."""
    if not scan.tests:
        return []
    out = [r for state in scan.states for r in _of_a_state(scan, state)]
    for result in scan.results:
        out += _of_a_panel(scan, result)
    return [r for r in out if r.name.start not in found]


def _inside(scan: Scan, end: int, opens: Glue = glue.OPENS) -> Iterator[Name]:
    """The tests in the bracket that opens behind `end`, or behind a colon up to the next mark."""
    opened = opens.behind(scan.low, end)
    if opened is None:
        return
    stop = _stop(scan.low, opened.end() - 1)
    inside = [n for n in scan.tests if opened.end() <= n.start and n.end <= stop]
    nearest = _NEAR if opened.group().endswith("ing") else _NEAR / 2  # "including"
    if inside and inside[0].start - opened.end() < nearest:
        yield from inside


def _stop(low: str, at: int) -> int:
    """Where the bracket at `at` closes; for a colon the end of the clause."""
    if low[at] in "([":
        return closing(low, at)
    end = glue.LIST_ENDS.within(low, at, len(low))
    return end.start() if end else len(low)


def _with(scan: Scan, end: int, normal: bool) -> Iterator[Name]:
    """The tests of one kind that stand behind a panel and "with", up to the next mark or result word.

    A normal panel "with" something is one but for that; a "normal profile of TSH of 2.1" holds its members.
    """
    opened = glue.OPENS_WITH.behind(scan.low, end)
    if opened is None or (normal and opened.group() != " of"):
        return
    stop = min([_stop(scan.low, opened.end() - 1), *(r.start for r in scan.results if r.start >= end)])
    inside = [n for n in scan.tests if opened.end() <= n.start and n.end <= stop]
    if inside and inside[0].start - opened.end() < _NEAR / 4:
        yield from (n for n in inside if n.analyte.kind == inside[0].analyte.kind)


def _of_a_state(scan: Scan, state: NameHit) -> Iterator[Reading]:
    """The values that a state word names: of its own analyte, the calcium in all its forms."""
    own = forms_of(state.term.analyte.name)
    for name in _inside(scan, state.end, glue.STATE_OPENS):
        if name.analyte.name in own:
            yield _reading(name, state.term.flag, (state.start, state.end))


def _of_a_panel(scan: Scan, result: Result) -> Iterator[Reading]:
    """The members of a panel ("raised transaminases (AST ...)"), of any tests found normal."""
    normal = result.kind in _CLEARS
    if not normal and result.kind not in _DIRECTIONS:
        return
    end = _panel_end(scan, result)
    if end is None and normal and glue.TESTS_WERE.within(scan.low, result.start - 110, result.start):
        end = result.end
    if end is None:
        return
    flag = "normal" if normal else _DIRECTIONS[result.kind]
    inside = list(_inside(scan, end)) or list(_with(scan, end, normal))
    for name in inside:
        if result.kind == "negative" and name.analyte.kind not in _SOUGHT:
            continue
        if name.analyte.kind != "panel" and (normal or name.analyte.name not in plain("goes its own way")):
            yield _reading(name, flag, (result.start, result.end))


def _panel_end(scan: Scan, result: Result) -> int | None:
    """Where a panel and its result word end, the panel right behind it or before it; None without one."""
    behind = next((n for n in scan.tests if n.start >= result.end or n.head[0] >= result.end), None)
    if behind and behind.analyte.kind == "panel" and not scan.low[result.end : behind.head[0]].strip(" "):
        return behind.end
    before = next((n for n in reversed(scan.tests) if n.end <= result.start), None)
    if before is None or before.analyte.kind != "panel" or result.start - before.end >= _NEAR:
        return None
    return result.end if glue.WAS.fills(scan.low, before.end, result.start) is not None else None


def _reading(name: Name, flag: str, span: tuple[int, int]) -> Reading:
    return Reading(name, None, flag, span, certainty=0.9, relation=MEMBERS)


def with_panel(scan: Scan, run: list[Name]) -> list[Name]:
    """A run of tests with the panel before their bracket ("tumour markers (CEA, AFP)"), without one that
    only names them ("bone markers P1NP and CTX")."""
    before = next((n for n in reversed(scan.tests) if n.end <= run[0].start), None)
    if before and before.analyte.kind == "panel" and scan.text[before.end : run[0].start] in (" (", " ["):
        return [before, *run]
    if len(run) > 1 and _is_panel(run[0]) and glue.PANEL_OF.fills(scan.low, run[0].end, run[1].start):
        return run[1:]
    return run


def _is_panel(name: Name) -> bool:
    return name.analyte.kind == "panel" or name.analyte.name in plain("panel of germs")
