"""Which result word ("normal", "elevated") speaks of which test of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.labs import patterns as pt
from extractors.labs.sentence import WORD, Name, Reading, Result, Scan, without_brackets

_ANTIBODY = ("ab", "qual")


def result_flag(kind: str, name: Name) -> str:
    """What a result word says of this test: low, normal or high; "" where it does not apply."""
    test = name.analyte.kind
    if kind in ("low", "changed-low", "noun-low"):
        return "" if test in ("ab",) else pt.LOW
    if kind in ("high", "changed-high", "noun-high"):
        return pt.HIGH
    if kind in ("normal", "back", "clean"):
        return pt.NORMAL
    if kind == "none":
        return pt.NORMAL if test in ("panel", "qual", "ab") else ""
    if kind == "absence":
        return pt.NORMAL if test == "qual" else ""
    if kind == "negative":
        return (
            pt.NORMAL
            if test in (*_ANTIBODY, "panel", "marker") or name.analyte.name in _NEGATIVE_IS_NORMAL
            else ""
        )
    if kind == "positive":
        return pt.HIGH if test in _ANTIBODY else ""
    return ""


_NEGATIVE_IS_NORMAL = frozenset(
    {"human chorionic gonadotropin", "c-reactive protein", "tumor markers", "protein electrophoresis"}
)


def link_results(scan: Scan) -> list[Reading]:
    """Give each result word to the tests it speaks of: behind them, before them, or in brackets."""
    found: dict[int, Reading] = {}
    for pass_ in (_predicates, _brackets, _closings, _adjectives, _as_were):
        for reading in pass_(scan, found):
            found.setdefault(id(reading.name), reading)
    return list(found.values())


def _say(result: Result, name: Name, rule: str, certainty: float = 1.0) -> Reading | None:
    flag = result_flag(result.kind, name)
    if not flag:
        return None
    result.used = True
    return Reading(name, None, flag, (result.start, result.end), result.kind == "back", certainty, rule)


def _predicates(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    out: list[Reading] = []
    done: set[int] = set()
    for result in scan.results:
        if result.kind.startswith("noun") or result.kind == "absence" or result.used:
            continue
        before = [n for n in scan.tests if n.end <= result.start]
        if not before or id(before[-1]) in done:
            continue
        name = before[-1]
        gap = without_brackets(_without_values(scan, name.end, result.start))
        if not _is_predicate(scan, gap, result, name):
            continue
        run, valued = [name], _has_value(scan, name, result.start)
        plural = (
            result.kind in ("back", "clean")
            or re.search(r"\b(?:were|are|all|both|remained|stayed)\b", gap, re.I) is not None
        )
        if _of_a_later_time(scan, name, result):
            continue
        for other in reversed(before[:-1]):
            between = without_brackets(_without_values(scan, other.end, run[0].start))
            pure = not any(other.end <= v.start < run[0].start for v in scan.values)
            if not pt.JOINT.match(between) or not (pure or plural) or id(other) in done:
                break
            if not pure and not valued and not _parenthetic(scan, other):
                break  # "A 34 U/L, B 0.6 ng/mL, and C and D were normal" says it of C and D
            run.insert(0, other)
        run = _with_panel(scan, run)
        searched = result.kind == "negative" and pt.SEARCH.search(scan.text[: run[0].start]) is not None
        for item in run:
            reading = _say(result, item, "predicate")
            if reading is None and searched:
                reading = Reading(item, None, pt.NORMAL, (result.start, result.end), False, 0.8, "predicate")
            if reading:
                done.add(id(item))
                out.append(reading)
    return out


def _with_panel(scan: Scan, run: list[Name]) -> list[Name]:
    """A run of tests with the panel before their bracket ("tumour markers (CEA, AFP)"), without one that
    only names them ("bone markers P1NP and CTX")."""
    before = next((n for n in reversed(scan.tests) if n.end <= run[0].start), None)
    if before and before.analyte.kind == "panel" and scan.text[before.end : run[0].start] in (" (", " ["):
        return [before, *run]
    if len(run) > 1 and run[0].analyte.kind == "panel" and scan.text[run[0].end : run[1].start] == " ":
        return run[1:]
    return run


def _parenthetic(scan: Scan, name: Name) -> bool:
    """Whether a name's value stands in brackets: "calcium (9.4), phosphate and PTH were normal"."""
    return re.match(r"\s?[(\[]", scan.text[name.end :]) is not None


def _of_a_later_time(scan: Scan, name: Name, result: Result) -> bool:
    """Whether the word is about another time than the value: "PTHrP was 3.1 and undetectable later"."""
    last = max((v.end for v in scan.values if name.end <= v.start < result.start), default=-1)
    return last >= 0 and _AND_THEN.match(scan.plain[last : result.start]) is not None


_AND_THEN = re.compile(r"\s*\)?\s*,?\s*(?:and|then|but)\b", re.I)


def _has_value(scan: Scan, name: Name, before: int) -> bool:
    return any(name.end <= v.start < before for v in scan.values)


def _without_values(scan: Scan, start: int, end: int) -> str:
    """plain[start:end] with values blanked out."""
    gap = scan.plain[start:end]
    for value in scan.values:
        if value.end > start and value.start < end:
            a, b = max(0, value.start - start), min(end, value.end) - start
            gap = gap[:a] + " " * (b - a) + gap[b:]
    return gap


def _is_predicate(scan: Scan, gap: str, result: Result, name: Name) -> bool:
    if len(gap) > 130 or ";" in gap:
        return False
    bare = gap.strip(" ,")
    following = scan.plain[result.end : result.end + 30]
    if result.kind in ("none", "clean"):
        return len(WORD.findall(bare)) <= 4
    if result.kind == "back":
        return len(WORD.findall(bare)) <= 7 and not pt.UNLINK.search(bare)
    if not bare:
        # "calcium normal, phosphate low": nothing between, and no other test behind
        if result.kind.startswith("changed") and re.match(
            r"\s(?:to|from|by|with|in|after|the|her|his)\b", following
        ):
            return False
        joined = re.match(r"\s(?:serum\s|plasma\s)?(?=\S)", following)
        next_name = next((n for n in scan.tests if n.start >= result.end), None)
        adjective = next_name is not None and joined is not None and next_name.start <= result.end + 1
        return "," not in gap and not adjective and not pt.AFTER_RESULT.match(following)
    verbs = list(pt.VERB.finditer(bare))
    if not verbs:
        return False
    if len(verbs) > 1 and not _one_verb_phrase(bare, verbs):
        return False
    if pt.UNLINK.search(bare[: verbs[0].start()]):
        return False
    tail = [w.lower() for w in WORD.findall(bare[verbs[-1].end() :])]
    if any(w not in pt.BETWEEN_VERB_AND_RESULT for w in tail) or "but" in tail:
        return False
    head = [w for w in WORD.findall(bare[: verbs[0].start()]) if w.lower() not in pt.LINK_WORDS]
    if len(head) > 5 or pt.CHANGED.search(bare[: verbs[0].start()]):
        return False
    if verbs[-1].group().lower() in ("showed", "shows", "revealed", "levels of") and _qualifies_a_name(
        scan, result
    ):
        return False
    if result.kind.startswith("changed"):
        lasting = scan.text[result.start : result.end].lower() in ("elevated", "raised")
        if re.match(
            r"\s(?:from|by)\s" if lasting else r"\s(?:to|from|by|with|after|following|under)\s", following
        ) or verbs[-1].group().lower() in ("showed", "shows", "revealed"):
            return False
    # "calcium was low phosphate diet": an adjective of something else that is no test
    return not re.match(
        r"\s(?:diet|intake|bone|weight|back|risk|grade|dose|mineral|pressure|fever|uptake|range|physical|x-ray|mri|ct|sinus|saline)\b",
        following,
        re.I,
    )


def _one_verb_phrase(bare: str, verbs: Sequence[re.Match[str]]) -> bool:
    """As in "was found to be", "which was": several verbs of one phrase."""
    between = bare[verbs[0].end() : verbs[-1].start()]
    words = [w.lower() for w in WORD.findall(between)]
    if "=" in bare or all(w in pt.BETWEEN_VERB_AND_RESULT or w in pt.LINK_WORDS for w in words):
        return True
    return re.search(r"\b(?:which|that|and)\s$", bare[: verbs[-1].start()]) is not None and len(words) <= 5


def _qualifies_a_name(scan: Scan, result: Result) -> bool:
    """Whether a result word is the adjective of the test behind it ("showed normal serum calcium")."""
    name = next((n for n in scan.tests if n.head[0] >= result.end), None)
    words = re.findall(r"[^\s,]+", scan.plain[result.end : name.head[0]].lower()) if name else ["?"]
    return all(w in pt.BETWEEN_ADJECTIVE_AND_NAME for w in words)


_BRACKET_RESULT = re.compile(
    r"\s?[(\[]\s?(?:(?:mildly|slightly|markedly|moderately|severely|very|abnormally)\s)?$"
)
_ARROW = re.compile(r"\s?[(\[]?\s?(?:(?P<up>↑+|H(?=[)\];,.]|$)|\(H\))|(?P<down>↓+|L(?=[)\];,.]|$)|\(L\)))")


def _brackets(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    """As in "19 nmol/L (deficient)", "PTH 98 pg/mL (H)"."""
    out: list[Reading] = []
    for name in scan.tests:
        if id(name) in found:
            continue
        nearest = [v for v in scan.values if v.start >= name.end]
        following = next((n.start for n in scan.tests if n.start >= name.end), len(scan.text))
        spots = [
            name.end,
            *[v.quantity.end for v in nearest[:1] if v.start < following],
            *[v.end for v in nearest[:1] if v.start < following],
        ]
        for spot in spots:
            arrow = _ARROW.match(scan.text, spot)
            if arrow and arrow.group().strip():
                out.append(
                    Reading(
                        name,
                        None,
                        pt.HIGH if arrow["up"] else pt.LOW,
                        (arrow.start(), arrow.end()),
                        rule="bracket",
                    )
                )
                break
            result = next(
                (
                    r
                    for r in scan.results
                    if not r.used
                    and spot < r.start <= spot + 20
                    and _BRACKET_RESULT.fullmatch(scan.text[spot : r.start])
                ),
                None,
            )
            reading = _say(result, name, "bracket") if result else None
            if reading:
                out.append(reading)
                break
    return out


def _closings(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    """As in "...; all were within normal limits" closes a list of tests."""
    out: list[Reading] = []
    for result in scan.results:
        if (
            result.kind not in ("normal", "negative", "high", "changed-high", "low", "changed-low")
            or result.used
        ):
            continue
        before = scan.plain[max(0, result.start - 70) : result.start]
        if not pt.ALL_CLOSING.search(before):
            continue
        for name in scan.tests:
            if name.end <= result.start and id(name) not in found:
                reading = _say(result, name, "closing", 0.9)
                if reading:
                    out.append(reading)
    return out


def _adjectives(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    """Words before their tests: "low serum phosphorus", "high levels of bone ALP, IgM and ..."."""
    out: list[Reading] = []
    for result in scan.results:
        following = [n for n in scan.tests if n.start >= result.end or n.head[0] >= result.end]
        if result.used or not following:
            continue
        name = following[0]
        gap = scan.plain[result.end : name.head[0]]
        words = [w.lower() for w in re.findall(r"[^\s,]+", gap)]
        if (
            len(words) > 7
            or "," in gap
            or any(w not in pt.BETWEEN_ADJECTIVE_AND_NAME for w in words)
            or ":" in gap[:-2]
        ):
            continue
        if result.kind == "back" and re.match(r"[^.;]{0,40}\b(?:not|never)\b", scan.lower[name.end :]):
            continue
        if result.kind == "normal" and _NORM_ITSELF.match(scan.text, name.end):
            continue
        if result.kind != "absence" and not pt.BEFORE_ADJECTIVE.search(
            scan.plain[max(0, result.start - 25) : result.start]
        ):
            continue
        run = [name]
        for other in following[1:]:
            between = _without_values(scan, run[-1].end, other.start)
            crossed = any(
                r.start >= run[-1].end and r.end <= other.head[0] for r in scan.results
            )  # "low A and high B"
            if _has_value_between(scan, other, following) and not _has_value_between(scan, name, following):
                break
            if crossed or not pt.JOINT.match(without_brackets(between)):
                break
            run.append(other)
        for item in run:
            if id(item) in found:
                break
            reading = _say(result, item, "adjective", 1.0 if item is name else 0.9)
            if reading:
                out.append(reading)
    return out


def _has_value_between(scan: Scan, name: Name, names: Sequence[Name]) -> bool:
    """Whether a value stands between a name and the next one."""
    stop = next((n.start for n in names if n.start >= name.end), len(scan.text))
    return any(name.end <= v.start < stop for v in scan.values)


_NORM_ITSELF = re.compile(
    r"\s(?:is|are|ranges?|range[sd]?|limits?|values?\sare|level\sis)\b", re.I
)  # "Normal calcium is ..."


def _as_were(scan: Scan, found: dict[int, Reading]) -> list[Reading]:
    """As in "25-OH vitamin D was normal, as were calcium, phosphate and PTH"."""
    out: list[Reading] = []
    for index, name in enumerate(scan.tests):
        if not pt.AS_WERE.search(scan.plain[max(0, name.start - 40) : name.start]):
            continue
        result = next(
            (r for r in reversed(scan.results) if r.end <= name.start and r.kind not in ("absence", "none")),
            None,
        )
        if result is None:
            continue
        run = [name]
        for other in scan.tests[index + 1 :]:
            if not pt.JOINT.match(without_brackets(_without_values(scan, run[-1].end, other.start))):
                break
            run.append(other)
        out += [r for n in run if id(n) not in found and (r := _say(result, n, "as were", 0.95))]
    return out
