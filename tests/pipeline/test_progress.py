import io

import pytest

from pipeline.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (750, "12:30"), (11100, "3:05:00")]
)
def test_duration_is_for_people(seconds, expected):
    assert duration(seconds) == expected


def test_progress_tells_rate_and_time_left_of_what_has_to_be_read():
    clock = Clock()
    progress = Progress(200, 100, io.StringIO(), clock=clock)
    clock.now = 10.0
    for n in range(20):
        progress.add(failed=n == 3)
    assert progress.line() == "120/200 papers  60 %  2.0 a second  0:40 left  1 failed"
    clock.now = 100.0
    assert "12.0 a minute" in progress.line()


def test_progress_writes_a_line_now_and_then_into_a_log():
    clock, log = Clock(), io.StringIO()
    progress = Progress(100, 0, log, clock=clock)
    for n in range(100):
        clock.now = float(n)
        progress.add(failed=False)
        progress.show()
    assert len(log.getvalue().splitlines()) == 3
    assert "\r" not in log.getvalue()


def test_progress_keeps_one_live_line_on_a_terminal_and_takes_it_away():
    clock, screen = Clock(), Terminal()
    progress = Progress(10, 0, screen, clock=clock)
    for n in range(10):
        clock.now = float(n)
        progress.add(failed=False)
        progress.show()
    assert screen.getvalue().count("\r") == 9
    progress.clear()
    assert "\n" not in screen.getvalue()
    assert screen.getvalue().endswith(" \r")


def test_progress_says_nothing_when_quiet():
    clock, screen = Clock(), Terminal()
    progress = Progress(10, 0, screen, quiet=True, clock=clock)
    clock.now = 100.0
    progress.add(failed=False)
    progress.show()
    progress.clear()
    assert screen.getvalue() == ""
