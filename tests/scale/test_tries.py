"""What is given to a cluster after workers have died: who kills is found, and nobody else blamed."""

from __future__ import annotations

from pipeline.scale.hands import Hands
from pipeline.scale.shard import Member, Shard
from pipeline.scale.tries import InHand, Try


def shard(*doc_ids: str) -> Try:
    return Try(Shard("s", tuple(Member(d, d, d, d) for d in doc_ids)))


def papers(one: Try) -> list[str]:
    return [member.doc_id for member in one.shard.members]


def settle(first: Try, killers: set[str], threads: int) -> tuple[set[str], int]:
    """Play a cluster whose scheduler tells of each dead worker; who was set aside, how many workers died.

    A worker reads a shard in order; with several threads an innocent shard is beside.
    """
    waiting, deaths = [first], 0
    for _ in range(500):
        if not waiting:
            return first.aside, deaths
        one = waiting.pop(0)
        assert not one.open_parts
        left = [d for d in papers(one) if d not in one.task.aside and not _in_parts(one)]
        killer = next((d for d in left if d in killers), None)
        if killer is None:
            waiting += one.done()
            continue
        deaths += 1
        told: list[tuple[str, ...]] = []
        hands = Hands(papers(one), told.append, one.task.careful)
        for doc_id in left[: left.index(killer) + 1]:
            hands.take(doc_id)
        one.in_hand[f"worker-{deaths}"] = InHand(told[-1], threads == 1)
        waiting += one.killed()
    raise AssertionError("no end of it")


def _in_parts(one: Try) -> bool:
    """The parts have been read: nothing is left to read in the whole."""
    return bool(one.parts)


def test_a_paper_that_two_workers_had_in_hand_is_set_aside_at_once() -> None:
    assert settle(shard(*"abcdefgh"), {"e"}, threads=1) == ({"e"}, 2)
    assert settle(shard(*"abcdefgh"), {"b", "e", "h"}, threads=1) == ({"b", "e", "h"}, 6)
    assert settle(shard("a"), {"a"}, threads=1) == ({"a"}, 2)


def test_a_paper_of_many_at_the_same_time_is_tried_alone_before() -> None:
    assert settle(shard(*"abcdefgh"), {"e"}, threads=4) == ({"e"}, 6)
    assert settle(shard(*"abcdefgh"), set("abcdefgh"), threads=4)[0] == set("abcdefgh")


def test_one_death_is_bad_luck() -> None:
    one = shard("a", "b")
    one.in_hand["w1"] = InHand(("a",), True)
    assert one.killed() == [one] and not one.aside and one.task.careful
    one.in_hand["w2"] = InHand(("b",), True)
    again = one.killed()
    assert [papers(part) for part in again] == [["a"], ["b"]] and not one.aside


def test_where_a_scheduler_tells_too_late_who_killed_is_still_sure() -> None:
    """Dask's default: four workers died before the client hears of it, none of which told each paper."""
    one = shard(*"abcd")
    one.in_hand = {f"w{number}": InHand(("b", "c", "d"), True) for number in range(4)}
    assert one.killed() == [one] and not one.aside
    one.in_hand |= {f"v{number}": InHand(("c",), True) for number in range(4)}
    assert one.killed() == [one] and one.aside == {"c"}


def test_a_shard_of_which_nothing_is_known_is_halved_until_the_paper_is_alone() -> None:
    one, rounds = shard(*"abcdefgh"), 0
    waiting, alone = [one], None
    while waiting and alone is None:
        part = waiting.pop(0)
        if "c" in papers(part):
            rounds += 1
            waiting += part.killed()
            alone = part if part.aside else None
        else:
            waiting += part.done()
    assert alone is not None and papers(alone) == ["c"] and alone.aside == {"c"}
    assert rounds == 10


def test_the_whole_is_read_again_when_its_last_part_is_and_knows_all_of_them() -> None:
    one = shard(*"abcd")
    one.in_hand["w1"] = InHand(("b",), False)
    one.killed()
    first, second, third = one.killed()
    assert (papers(first), papers(second), papers(third)) == (["b"], ["a", "c"], ["d"])
    assert first.task.old == ("s",) and first.task.parts == ()
    first.aside.add("b")
    assert first.done() == [] == third.done()
    assert second.done() == [one]
    assert set(one.task.parts) == {"s.0", "s.1", "s.2"} and one.task.old == ()
    assert one.task.aside == {"b"}
    assert one.done() == []
