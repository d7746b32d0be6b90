"""Files that are used over and over, for what is written and removed a hundred times a second.

On ext4 a new file costs a look past every file that was removed in the last minutes (`recently_deleted` in
fs/ext4/ialloc.c): a millisecond and more each, where a worker of a cluster reads ten thousand papers.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Spares:
    """Files that nobody needs, in `folder`, which is there. Threads and processes may share them.

    Methods raise OSError.
    """

    folder: Path

    def create(self, place: Path) -> BinaryIO:
        """A file at `place`, on the same disk, to be written from its start.

        It may hold another one's bytes: whoever has written the last of its own calls `truncate`.
        """
        with os.scandir(self.folder) as spares:
            for spare in spares:
                with suppress(FileNotFoundError):  # another one took it
                    os.replace(spare.path, place)
                    return place.open("r+b")
        return place.open("wb")

    def put(self, place: Path) -> None:
        """Take a file that has been read."""
        os.replace(place, self.folder / f"{place.stat().st_ino}")
