"""What a telling says of the course of a patient: when she was seen, what began, what ended."""

from __future__ import annotations

from extractors.base import TimeRef
from extractors.time.dates import DATE
from extractors.time.durations import Days
from extractors.values import fixed

#: Events of a `Moment`. A time alone is one, too: what follows may be counted from it.
VISIT, ONSET, BEGIN, END, TIME = "visit", "onset", "begin", "end", "time"
#: A birth with its date; a stretch of the text that is of one date, one that is of what was told just before.
BORN, DATED, SAME = "born", "dated", "same"
#: The name of a stretch that is of the end of the course told just before.
OF_THE_END = "end"
#: The sentences behind one that a date opens.
DATED_ON = "dated on"
#: How long after the birth a woman is who is spoken of; the visit, where none is told.
STATE = "state"
#: A time before the visit at which the patient had been seen.
SEEN_BEFORE = "seen before"
#: Weaning, and an operation; how long the drug that was told last was given.
WEANED, OPERATION, LASTED = "weaned", "operation", "lasted"
#: The number of a pregnancy, as its `name`; a weaning has its, where told.
NUMBERED = "numbered"
#: Another pregnancy: deliveries told behind it are later ones.
AGAIN = "again"
#: A finding of bone: with one, calcium and vitamin D are its treatment.
BONE = "bone"
#: How much of a bone treatment a drug is: the main one, one that counts where no main one is, none.
MAIN, ELSE, NONE = 1, 2, 0


@fixed(frozen=True, slots=True)
class Moment:
    """An event told at a character of the text, with its time.

    `source` is the part of the paper (see `Placed`). `days` counts from delivery, where that is told; else
    `time` says how the event hangs on others. A drug's begin has its `name`, its `rank` (MAIN, ELSE or
    NONE), and how long it was given (`lasts`, days), where told; `follows` is the drug whose end it follows.
    `until`: where a stretch ends. `explicit`: the sentence says with its verb that the
    event was then; `is_class`: no drug is named, only a class.
    """

    at: int
    source: str
    event: str
    time: TimeRef | None = None
    days: Days | None = None
    name: str = ""
    rank: int = NONE
    lasts: Days | None = None
    follows: str = ""
    until: int = 0
    explicit: bool = False
    is_class: bool = False


def born(time: TimeRef) -> Days | None:
    """The days from delivery that a time itself tells."""
    if time.anchor not in ("delivery", "gestation") or time.days_min is None or time.days_max is None:
        return None
    return time.days_min, time.days_max


def goes_on(time: TimeRef) -> bool:
    """Whether a time tells since when something goes on, not when it was: "pain since delivery"."""
    return time.text.lower().startswith(("since ", "ever since "))


def on(time: TimeRef | None) -> Days | None:
    """The day, from the first to the last that is meant, of a time that is a date."""
    if time is None or time.anchor != DATE or time.days_min is None or time.days_max is None:
        return None
    return time.days_min, time.days_max
