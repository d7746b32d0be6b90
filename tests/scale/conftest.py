"""Storages for the tests: a folder, fsspec's memory, and a small S3 server on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

#: what the tests share, and the scripted stand-in for papers beside the tests of a plain run
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "pipeline")]
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A server that speaks S3; its URL. The environment leads s3fs and botocore there."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    yield told["AWS_ENDPOINT_URL"]
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value
    server.stop()


@pytest.fixture
def bucket(s3_server: str) -> str:
    """The URL of an empty bucket on that server."""
    import urllib.request

    name = f"papers-{next(_NUMBERS)}"
    with urllib.request.urlopen(urllib.request.Request(f"{s3_server}/{name}", method="PUT")):
        return f"s3://{name}"


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file that a user sees in an output folder."""

    def read(out: Path) -> dict[str, bytes]:
        files = (path for path in sorted(out.rglob("*")) if path.is_file())
        found = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
        return {name: data for name, data in found.items() if not name.startswith(".casebook")}

    return read
