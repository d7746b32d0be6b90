"""Which result word ("normal", "elevated") speaks of which test of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.labs import glue
from extractors.labs.flags import result_flag
from extractors.labs.marks import arrow_in
from extractors.labs.members import members, with_panel
from extractors.labs.relations import ADJECTIVE, AS_WERE, BRACKET, CLOSING, PREDICATE
from extractors.labs.scan import closing
from extractors.labs.sentence import WORD, Name, Reading, Result, Scan, blanked, without_brackets
from extractors.labs.summary import excepted_first
from extractors.labs.words import plain
from extractors.rules.rule import Relation

#: Readings by the start of their test's name.
Found = dict[int, Reading]


def link_results(scan: Scan) -> dict[int, Reading]:
    """Give each result word to the tests it speaks of: behind them, before them, or in brackets.

    Readings by the start of the test's name.
    """
    found, excepted = Found(), excepted_first(scan)
    for pass_ in (_predicates, _brackets, _closings, _adjectives, _as_were, members):
        for reading in pass_(scan, found):
            if reading.flag_span and reading.name.start < excepted <= reading.flag_span[0]:
                continue  # "except for a low X, Y was normal"
            found.setdefault(reading.name.start, reading)
    return found | {r.flag_span[0]: r for r in _normal_later(scan, found) if r.flag_span}


def _say(result: Result, name: Name, relation: Relation, certainty: float = 1.0) -> Reading | None:
    flag = result_flag(result.kind, name)
    if not flag:
        return None
    result.used = True
    span = (result.start, result.end)
    return Reading(name, None, flag, span, result.kind == "back", certainty, relation)


# ------------------------------------------------------------------ a word behind its tests
def _predicates(scan: Scan, found: Found) -> list[Reading]:
    out: list[Reading] = []
    done: set[int] = set()
    for result in scan.results:
        if result.kind.startswith("noun") or result.kind == "absence" or result.used:
            continue
        before = [n for n in scan.tests if n.end <= result.start]
        if not before or before[-1].start in done:
            continue
        gap = _without_asides(without_brackets(_without_values(scan, before[-1].end, result.start)))
        if glue.EXCEPTED.within(scan.low, before[-1].start - 50, before[-1].start):
            continue
        if not _is_predicate(scan, gap, result) or _of_a_later_time(scan, before[-1], result):
            continue
        if result.changed and _is_normal_then(scan, result):
            continue
        run = with_panel(scan, _run_before(scan, before, result, gap, done))
        readings = _said_of(scan, run, result)
        if result.kind != "normal" and glue.NEITHER.within(scan.low, run[0].start - 30, run[0].start):
            readings = [replace(r, flag="normal") for r in readings]
        for reading in readings:
            done.add(reading.name.start)
            out.append(reading)
    return out


def _is_normal_then(scan: Scan, result: Result) -> bool:
    """As in "had decreased, returning to within the normal range": the change ended there."""
    return any(
        r.kind == "back" and glue.AND_THEN_BACK.fills(scan.low, result.end, r.start)
        for r in scan.results
        if result.end <= r.start <= result.end + 30
    )


def _said_of(scan: Scan, run: list[Name], result: Result) -> list[Reading]:
    """What a word says of each test of a run; in a search for causes "negative" is normal for any."""
    searched = result.kind == "negative" and glue.SEARCH.within(scan.lower, 0, run[0].start) is not None
    span = (result.start, result.end)
    out: list[Reading] = []
    for name in run:
        reading = _say(result, name, PREDICATE)
        if reading is None and searched:
            reading = Reading(name, None, "normal", span, False, 0.8, PREDICATE)
        if reading:
            out.append(reading)
    return out


def _run_before(scan: Scan, before: list[Name], result: Result, gap: str, done: set[int]) -> list[Name]:
    """The tests of the list that a word behind it speaks of; `gap` stands between the last and the word."""
    run = [before[-1]]
    valued = _has_value(scan, before[-1], result.start)
    plural = result.kind in ("back", "clean") or glue.PLURAL.within(gap, 0, len(gap)) is not None
    plural = plural or any(glue.BOTH.within(scan.low, n.start - 20, n.start) for n in before[-2:-1])
    for other in reversed(before[:-1]):
        between = without_brackets(_without_values(scan, other.end, run[0].start))
        between = _without_parenthesis(scan, between, other, run)
        pure = not _has_value(scan, other, run[0].start)
        joined = glue.JOINT.fills(between, 0, len(between)) is not None
        if not joined or not (pure or plural) or other.start in done:
            break
        if not pure and not valued and not glue.IN_BRACKETS.behind(scan.lower, other.end):
            break  # "A 34 U/L, B 0.6 ng/mL, and C and D were normal" says it of C and D
        run.insert(0, other)
    alone = len(run) > 1 and not plural and _has_adjective(scan, run[0])
    return run[-1:] if alone else run


def _has_adjective(scan: Scan, name: Name) -> bool:
    """Whether a list has a result of its own before it: "a normal A and B, C was very high"."""
    last = next((r for r in reversed(scan.results) if r.end <= name.head[0]), None)
    return last is not None and _is_adjective(scan, last, name)


def _without_parenthesis(scan: Scan, between: str, other: Name, run: list[Name]) -> str:
    """What stands between a test and a run without a bracket of tests within it: "profile (A, B) and C"."""
    if between.startswith(")"):
        opened = scan.low.rfind("(", 0, other.start)
        first = next((n for n in scan.tests if n.start > opened >= 0), None)
        before = any(n.end + 1 == opened for n in scan.tests)
        return between[1:] if first and before and first.start == opened + 1 else between
    if between == " (":
        closed = closing(scan.low, run[0].start - 1)
        return "" if closed < run[-1].start and any(n.end == closed for n in scan.tests) else between
    return between


def _without_asides(gap: str) -> str:
    """A stretch without a clause between commas that tells of the sample: "..., taken on day 3, ..."."""
    return glue.ASIDE.pattern.sub(" ", gap) if gap.count(",") > 1 else gap


def _of_a_later_time(scan: Scan, name: Name, result: Result) -> bool:
    """Whether the word is about another time than the value: "PTHrP was 3.1 and undetectable later"."""
    last = max((v.end for v in scan.values if name.end <= v.start < result.start), default=-1)
    return last >= 0 and glue.AND_THEN.behind(scan.low, last, result.start) is not None


def _has_value(scan: Scan, name: Name, before: int) -> bool:
    return any(name.end <= v.start < before for v in scan.values)


def _without_values(scan: Scan, start: int, end: int) -> str:
    """low[start:end] with values blanked out."""
    gap = scan.low[start:end]
    for value in scan.values:
        if value.end > start and value.start < end:
            gap = blanked(gap, max(0, value.start - start), min(end, value.end) - start)
    return gap


def _is_predicate(scan: Scan, gap: str, result: Result) -> bool:
    """Whether the words between a test and a result word let the word speak of the test."""
    if len(gap) > 130 or ";" in gap:
        return False
    bare = gap.strip(" ,")
    if result.kind == "rise":
        return not bare  # "a troponin rise"
    if result.kind in ("none", "clean"):
        keyed = bare.endswith(":")  # "TSH and PTH: no anomaly"
        return len(WORD.findall(bare)) <= (1 if keyed else 4)
    if result.kind == "back":
        return len(WORD.findall(bare)) <= 7 and not glue.UNLINK.within(bare, 0, len(bare))
    if not bare:
        return "," not in gap and _stands_alone(scan, result)
    verbs = list(glue.VERB.pattern.finditer(bare))
    if "," in bare and all(verb.group() in "=:" for verb in verbs):
        return False  # "monocytes=9%, a normal calcium"
    return bool(verbs) and _is_verb_phrase(bare, verbs) and _ends_a_clause(scan, result, verbs[-1].group())


def _stands_alone(scan: Scan, result: Result) -> bool:
    """As in "calcium normal, phosphate low": right behind its test, and not before another one."""
    following = scan.low[result.end : result.end + 30]
    if result.changed and glue.CHANGED_BY.behind(f" {following.lstrip()}", 0):
        return False
    next_name = next((n for n in scan.tests if n.start >= result.end), None)
    if next_name and next_name.start <= result.end + 1 and glue.NEXT_NAME.behind(following, 0):
        return False  # an adjective
    return not glue.STRANGE_BEHIND.behind(following, 0)


def _is_verb_phrase(bare: str, verbs: Sequence[re.Match[str]]) -> bool:
    """Whether a stretch is a subject's rest and one verb phrase: "levels at admission were found to be"."""
    first, last = verbs[0], verbs[-1]
    if len(verbs) > 1 and not _one_verb_phrase(bare, verbs):
        return False
    if glue.UNLINK.within(bare, 0, first.start()) or glue.CHANGE.within(bare, 0, first.start()):
        return False
    tail = WORD.findall(bare[last.end() :])
    if "but" in tail or any(w not in plain("between verb and result") for w in tail):
        return False
    return sum(w not in plain("link") for w in WORD.findall(bare[: first.start()])) <= 5


def _one_verb_phrase(bare: str, verbs: Sequence[re.Match[str]]) -> bool:
    """As in "was found to be", "which was": several verbs of one phrase."""
    words = WORD.findall(bare[verbs[0].end() : verbs[-1].start()])
    if "=" in bare or all(w in plain("between verb and result") or w in plain("link") for w in words):
        return True
    return glue.CLAUSE_GOES_ON.within(bare, 0, verbs[-1].start()) is not None and len(words) <= 5


#: Verbs whose object a result word may be the adjective of.
_SHOWING = ("showed", "shows", "revealed")


def _ends_a_clause(scan: Scan, result: Result, verb: str) -> bool:
    """Whether what follows a result word behind a verb leaves it to the test before."""
    if verb in (*_SHOWING, "levels of") and _qualifies_a_name(scan, result):
        return False
    if result.changed:
        lasting = scan.lower[result.start : result.end] in ("elevated", "raised")
        changed = glue.ELEVATED_FROM if lasting else glue.CHANGED_TO
        if verb in _SHOWING or changed.behind(scan.low, result.end):
            return False
    return not glue.QUALIFIED_NOUN.behind(scan.low, result.end)


def _qualifies_a_name(scan: Scan, result: Result) -> bool:
    """Whether a result word is the adjective of the test behind it ("showed normal serum calcium")."""
    name = next((n for n in scan.tests if n.head[0] >= result.end), None)
    return name is not None and _only_between(scan.low[result.end : name.head[0]])


def _only_between(gap: str) -> bool:
    """Whether nothing but words of a name stands between an adjective and its vocabulary phrase."""
    return all(w in plain("between adjective and name") or w == ":" for w in re.findall(r"[^\s,]+", gap))


def _normal_later(scan: Scan, found: Found) -> list[Reading]:
    """As in "CRP, which was high on admission, returned to normal": told of the same tests."""
    out: list[Reading] = []
    for result in scan.results:
        if result.kind != "back" or result.used:
            continue
        before = [r for r in found.values() if r.flag_span and r.flag_span[1] <= result.start]
        last = max((r.flag_span[1] for r in before if r.flag_span), default=-1)
        if last < 0 or any(last <= n.start < result.start for n in scan.tests):
            continue
        gap = without_brackets(scan.low[last : result.start])
        if glue.LATER.fills(gap, 0, len(gap)):
            said = [r.name for r in before if r.flag_span and r.flag_span[1] == last and r.flag != "normal"]
            out += [r for name in said if (r := _say(result, name, PREDICATE, 0.9))]
    return out


# ------------------------------------------------------------------ in brackets
def _brackets(scan: Scan, found: Found) -> list[Reading]:
    """As in "19 nmol/L (deficient)", "PTH 98 pg/mL (H)"."""
    out: list[Reading] = []
    for name in scan.tests:
        if name.start not in found:
            spots = _spots_behind(scan, name)
            reading = next((r for spot in spots if (r := _in_bracket(scan, name, spot))), None)
            out += [reading] if reading else []
    return out


def _spots_behind(scan: Scan, name: Name) -> list[int]:
    """Where a bracket may open: behind the name, its value, its value's range."""
    following = next((n.start for n in scan.tests if n.start >= name.end), len(scan.text))
    value = next((v for v in scan.values if v.owner is name), None)
    if value is None:
        value = next((v for v in scan.values if v.start >= name.end and not v.owner), None)
        if value is None or value.start >= following:
            return [name.end]
    inside = arrow_in(scan.sentence.text, value.start, value.quantity.end)
    return [name.end, value.quantity.end, value.end, *([] if inside is None else [inside])]


def _in_bracket(scan: Scan, name: Name, spot: int) -> Reading | None:
    arrow = glue.ARROW.match(scan.sentence.text, spot)
    if arrow:
        flag = next(name for name in ("normal", "high", "low") if arrow[name])
        return Reading(name, None, flag, arrow.span(), relation=BRACKET)
    for result in scan.results:
        near = not result.used and spot < result.start <= spot + 20
        meant = near and glue.MEANT.behind(scan.lower, result.start)
        opened = near and glue.OPENED.fills(scan.lower, spot, result.start)
        if opened or (meant and scan.lower[spot : result.start] in (", ", " ")):
            return _say(result, name, BRACKET)
    return None


# ------------------------------------------------------------------ at the end of a list
_CLOSE = frozenset({"normal", "negative", "high", "changed-high", "low", "changed-low"})


def _closings(scan: Scan, found: Found) -> list[Reading]:
    """As in "...; all were within normal limits" closes a list of tests."""
    out: list[Reading] = []
    for result in scan.results:
        if result.used or result.kind not in _CLOSE:
            continue
        none = result.kind == "normal" and glue.NONE_OF.behind(scan.low, result.start)
        closing = glue.ALL_CLOSING.within(scan.low, result.start - 110, result.start)
        if not closing and not none:
            continue
        stop = closing.start("but") if closing and closing["but"] else result.start
        open_ = [n for n in scan.tests if n.end <= stop and n.start not in found]
        out += [r for name in open_ if (r := _say(result, name, CLOSING, 0.9))]
    return out


# ------------------------------------------------------------------ before its tests
def _adjectives(scan: Scan, found: Found) -> list[Reading]:
    """Words before their tests: "low serum phosphorus", "high levels of bone ALP, IgM and ..."."""
    out: list[Reading] = []
    for result in scan.results:
        following = [n for n in scan.tests if n.start >= result.end or n.head[0] >= result.end]
        if result.used or not following or not _is_adjective(scan, result, following[0]):
            continue
        for item in _run_behind(scan, following, result):
            if item.start in found:
                break
            reading = _say(result, item, ADJECTIVE, 1.0 if item is following[0] else 0.9)
            if reading:
                reading.shared = item is not following[0]
                out.append(reading)
    return out


def _is_adjective(scan: Scan, result: Result, name: Name) -> bool:
    """Whether a result word opens the noun phrase of the test behind it."""
    gap = scan.low[result.end : name.head[0]]
    if glue.EATEN.behind(scan.lower, result.end):
        return False
    if len(gap.split()) > 7 or "," in gap or ":" in gap[:-2] or not _only_between(gap):
        return False
    if "range" in gap and not glue.WITHIN_RANGE.within(scan.low, result.start - 8, result.start):
        return False
    if result.kind == "back" and glue.NOT_YET.behind(scan.lower, name.end):
        return False
    if result.kind == "normal" and glue.NORM_ITSELF.behind(scan.lower, name.end):
        return False
    if result.kind == "absence" or scan.low.startswith("without ", result.start):
        return True
    return glue.BEFORE_ADJECTIVE.within(scan.low, result.start - 25, result.start) is not None


def _run_behind(scan: Scan, following: list[Name], result: Result) -> list[Name]:
    """The tests of the list that an adjective before it speaks of."""
    run = following[:1]
    bare = not _has_value_between(scan, run[0], following)
    single = glue.ONE.within(scan.low, result.start - 25, result.start) is not None
    if single and not bare and glue.OF_ONE.within(scan.low, result.end, run[0].head[0]):
        return run  # "a high level of CA 125 of 44 U/mL, hCG of 0.3 ..."
    for other in following[1:]:
        last = run[-1].end
        if bare and _has_value_between(scan, other, following):
            break
        if any(r.start >= last and r.end <= other.head[0] for r in scan.results):
            break  # "low A and high B"
        between = without_brackets(_without_values(scan, last, other.start))
        if not glue.JOINT.fills(between, 0, len(between)) or _has_own_verdict(scan, other):
            break
        run.append(other)
    return run


def _has_own_verdict(scan: Scan, name: Name) -> bool:
    """Whether a test is the subject of the next clause: "low A and B, and C was positive"."""
    result = next((r for r in scan.results if r.start >= name.end), None)
    return result is not None and glue.WAS_ONE.fills(scan.low, name.end, result.start) is not None


def _has_value_between(scan: Scan, name: Name, names: Sequence[Name]) -> bool:
    """Whether a value stands between a name and the next one."""
    stop = next((n.start for n in names if n.start >= name.end), len(scan.text))
    return _has_value(scan, name, stop)


# ------------------------------------------------------------------ as were
def _as_were(scan: Scan, found: Found) -> list[Reading]:
    """As in "25-OH vitamin D was normal, as were calcium, phosphate and PTH"."""
    out: list[Reading] = []
    for index, name in enumerate(scan.tests):
        if not glue.AS_WERE.within(scan.low, name.start - 40, name.start):
            continue
        told = (r for r in reversed(scan.results) if r.end <= name.start)
        result = next((r for r in told if r.kind not in ("absence", "none")), None)
        if result is None:
            continue
        run = [name]
        for other in scan.tests[index + 1 :]:
            between = without_brackets(_without_values(scan, run[-1].end, other.start))
            if not glue.JOINT.fills(between, 0, len(between)):
                break
            run.append(other)
        out += [r for n in run if n.start not in found and (r := _say(result, n, AS_WERE, 0.95))]
    return out
