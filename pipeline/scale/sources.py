"""What a large run reads, as shards: the files of a folder or bucket, and the articles of archives in it.

Files whose names end in .tar, .tar.gz or .tgz, and XML files of some megabytes (with many records most
often), are streamed and packed (see `packs`); all others are read where they are. Keys of shards and doc_ids
are the same from run to run, and a file that comes or goes changes its own shard alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.only import Only
from pipeline.scale.cut import Cut, digest
from pipeline.scale.inventory import Inventory
from pipeline.scale.packs import Packing
from pipeline.scale.shard import Member, Shard
from pipeline.scale.storage import Patience, Storage, storage


def shards(
    raw: str, out: Storage, only: Only | None = None, size: int = 100, patience: Patience | None = None
) -> Iterator[Shard]:
    """The shards of a folder or bucket, about `size` papers in each; loose files come first.

    `only` leaves out articles of archives that cannot fit; whether the others, and the loose files, do is
    for their reader to say (`pipeline.worker.Fitting`). Raises UsageError for a folder that cannot be
    meant, ReadError for one that cannot be listed, OutputError.
    """
    patience = patience or out.patience
    with Inventory(storage(raw, patience)) as inventory:
        yield from _of_loose(inventory.loose(), size)
        packing = Packing(out, only, size, patience)
        for archive, _ in inventory.archives():
            yield from packing.shards(archive)


def _of_loose(members: Iterator[Member], size: int) -> Iterator[Shard]:
    cut = Cut(size)
    held: list[Member] = []
    for member in members:
        if cut.before(member.doc_id) and held:
            yield _shard(held)
            held = []
        held.append(member)
    if held:
        yield _shard(held)


def _shard(members: list[Member]) -> Shard:
    return Shard(f"files-{digest(members[0].doc_id)}", tuple(members))
