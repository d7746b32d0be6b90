"""What the component finds: an event of the course."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention
from extractors.time.durations import Days
from extractors.timeline.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention(Mention):
    """An event of the course; the fields are those of `moments.Moment`."""

    event: str
    days: Days | None = None
    name: str = ""
    follows: str = ""
    lasts: Days | None = None
    until: int = 0

    def moment(self, source: str) -> Moment:
        """The same as told in a part of the paper."""
        return Moment(
            self.start, source, self.event, self.time, self.days, self.name, lasts=self.lasts,
            follows=self.follows, until=self.until, explicit=True,
        )  # fmt: skip
