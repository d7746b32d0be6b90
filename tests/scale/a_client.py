"""Reads a folder of misbehaving papers on a cluster until it is killed: ADDRESS RAW OUT."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]


def main(address: str, raw: str, out: str) -> None:
    """Read until there is nothing more."""
    import misbehaving
    from shards import shards

    from pipeline.config import Limits
    from pipeline.fingerprint import fingerprint
    from pipeline.scale.connect import connected
    from pipeline.scale.spread import Spread
    from pipeline.scale.work import Job

    job = Job("", out, fingerprint(), Limits(20, 256), process=misbehaving.read)
    with connected(address, 1) as client:
        for _ in Spread(client, job, shards(Path(raw), 4), print).run():
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
