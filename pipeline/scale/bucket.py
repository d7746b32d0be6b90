"""A folder of an object storage, by fsspec: every call with a time-out, repeated where that may help.

Object storages put an object in place whole or not at all, so that writing needs no second name. Their
own repetitions are switched off: they would multiply ours.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import OutputError, ReadError
from pipeline.scale.storage import PART, Found, MissingError, Storage

#: bytes of a file that are asked for at a time, all of which must come within the time for one answer
BLOCK = 8 * 1024 * 1024
#: what a write may take: so many bytes more add the time for one answer
_WRITE_BLOCK = 8 * 1024 * 1024
#: calls on their way where there are many
_AT_A_TIME = 8
#: errors that no second try mends
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError)
#: the same by their names, of libraries that are not imported here
_FINAL_NAMES = frozenset(("NoCredentialsError", "PartialCredentialsError", "ParamValidationError"))
#: what fsspec calls the state of an object's bytes, by storage: the first that is there
_STATES = ("ETag", "etag", "md5Hash", "LastModified", "updated", "mtime", "created")


@dataclass(frozen=True, slots=True)
class Bucket(Storage):
    """See `Storage`."""

    def find(self, name: str) -> Found:
        """See `Storage.find`."""
        told = self._read(name, "info")
        if told.get("type") == "directory":
            raise MissingError(self.place(name))
        return _found(name, told)

    def list(self, under: str = "") -> Iterator[Found]:
        """See `Storage.list`."""
        pages = self._s3_pages(under) if self.url.startswith("s3://") else self._folders(under)
        root = len(self._path("").rstrip("/")) + 1
        for path, told in pages:
            if not path.endswith(("/", PART)):
                yield _found(path[root:], told)

    def _folders(self, under: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Folder by folder."""
        folders = [self._path(under)]
        while folders:
            path = folders.pop()
            try:
                entries = self._patiently("ls", path, detail=True)
            except FileNotFoundError:
                continue
            except Exception as error:
                raise self._unreadable(error, self.place(under)) from error
            for told in entries:
                if told["type"] == "directory":
                    folders.append(told["name"])
                else:
                    yield told["name"], told

    def _s3_pages(self, under: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """A thousand keys at a time: of a million, fsspec's own listing holds a gigabyte."""
        bucket, _, prefix = f"{self._path(under).rstrip('/')}/".partition("/")
        more: dict[str, str] = {}
        while True:
            asked: dict[str, Any] = {"Bucket": bucket, "Prefix": prefix, **more}
            try:
                page = self._patiently("call_s3", "list_objects_v2", **asked)
            except FileNotFoundError:
                return
            except Exception as error:
                raise self._unreadable(error, self.place(under)) from error
            for told in page.get("Contents", ()):
                yield f"{bucket}/{told['Key']}", {"size": told["Size"], **told}
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def open(self, name: str) -> BinaryIO:
        """See `Storage.open`. Blocks are asked for as they are needed, each one with its own tries."""
        size = self.find(name).size

        def block(start: int) -> bytes:
            end = min(start + BLOCK, size)
            return cast("bytes", self._read(name, "cat_file", start=start, end=end))

        return io.BufferedReader(_Blocks(block, size), 1 << 16)

    def read(self, name: str, most: int) -> bytes:
        """See `Storage.read`."""
        size = self.find(name).size
        if size > most:
            raise ReadError("E06", f"more than {most:,} bytes")
        with self.open(name) as handle:
            return handle.read()

    def write(self, name: str, data: bytes) -> None:
        """See `Storage.write`."""
        self._write(name, "pipe_file", self._path(name), data, size=len(data))

    def put(self, local: Path, name: str) -> None:
        """See `Storage.put`."""
        try:
            size = local.stat().st_size
        except OSError as error:
            raise OutputError.of(error, local) from error
        self._write(name, "put_file", str(local), self._path(name), size=size)

    def put_all(self, files: Iterable[tuple[Path, str]]) -> None:
        """See `Storage.put_all`. Several are on their way at a time."""

        def put(local: Path, name: str) -> None:
            self.put(local, name)
            local.unlink()

        _several(put, files)

    def move_all(self, names: Iterable[tuple[str, str]]) -> None:
        """See `Storage.move_all`. Several are on their way at a time."""

        def move(name: str, to: str) -> None:
            size = self.find(name).size
            self._write(to, "cp_file", self._path(name), self._path(to), size=size)
            self.remove(name)

        _several(move, names)

    def remove(self, name: str) -> None:
        """See `Storage.remove`."""
        try:
            self._patiently("rm_file", self._path(name))
        except FileNotFoundError:
            return
        except Exception as error:
            raise self._unwritable(error, name) from error

    # ---------------------------------------------------------------------------------- calls
    def _path(self, name: str) -> str:
        """What fsspec calls a file: bucket and key."""
        return cast("str", self._files()._strip_protocol(self.place(name)))

    def _files(self) -> Any:
        """fsspec's object, which it keeps itself, one for each process."""
        import fsspec  # noqa: PLC0415 - only large runs need it

        kind = self.url.partition("://")[0]
        if kind != "s3":
            return fsspec.filesystem(kind, use_listings_cache=False)
        seconds = self.patience.seconds
        waits = {"connect_timeout": min(seconds, 10), "read_timeout": seconds, "retries": {"max_attempts": 0}}
        # fsspec keeps one object for each set of arguments: the address must be one of them
        address = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        files = fsspec.filesystem(
            kind, use_listings_cache=False, endpoint_url=address or None, config_kwargs=waits
        )
        files.retries = 1
        files.connect()  # at first: reads what botocore knows, which is no matter of the network
        return files

    def _patiently(self, verb: str, *given: Any, blocks: int = 1, **named: Any) -> Any:
        """What a call gives, after so many tries as patience allows. Raises what the last one raised."""
        patience = self.patience
        for number in range(patience.tries):
            try:
                return _called(self._files(), verb, given, named, patience.seconds * blocks)
            except _FINAL:
                raise
            except Exception as error:
                if type(error).__name__ in _FINAL_NAMES or number + 1 == patience.tries:
                    raise
            time.sleep(patience.pause * 2**number)
        raise AssertionError("no try at all")

    def _read(self, name: str, verb: str, **named: Any) -> Any:
        try:
            return self._patiently(verb, self._path(name), **named)
        except Exception as error:
            raise self._unreadable(error, self.place(name)) from error

    def _write(self, name: str, verb: str, *given: Any, size: int) -> None:
        try:
            self._patiently(verb, *given, blocks=1 + size // _WRITE_BLOCK)
        except Exception as error:
            raise self._unwritable(error, name) from error

    def _unreadable(self, error: Exception, place: str) -> ReadError:
        if isinstance(error, FileNotFoundError):
            return MissingError(place)
        code = "E05" if isinstance(error, _FINAL) or type(error).__name__ in _FINAL_NAMES else "E15"
        return ReadError(code, f"{place}: {self._why(error)}")

    def _unwritable(self, error: Exception, name: str) -> OutputError:
        return OutputError(f"cannot write to {self.place(name)}: {self._why(error)}")

    def _why(self, error: Exception) -> str:
        if isinstance(error, FileNotFoundError):
            return "there is no such file or bucket"
        if isinstance(error, PermissionError):
            return f"not allowed ({_words(error)})" if _words(error) else "not allowed"
        if isinstance(error, TimeoutError) or type(error).__name__.endswith("TimeoutError"):
            return f"no answer within {self.patience.seconds:g} s, {self.patience.tries} tries"
        return _words(error) or type(error).__name__


def _several(work: Callable[..., None], given: Iterable[tuple[Any, ...]]) -> None:
    """Call `work` for each, a few at a time. Raises what the first of them raises that fails."""
    waiting = iter(given)
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        while batch := list(islice(waiting, _AT_A_TIME)):
            for done in [threads.submit(work, *one) for one in batch]:
                done.result()


class _Blocks(io.RawIOBase):
    """A file of a storage from its beginning to its end, one block in memory."""

    def __init__(self, block: Callable[[int], bytes], size: int) -> None:
        self._block, self._size = block, size
        self._held, self._used, self._next = b"", 0, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill what is asked for, as far as one block goes."""
        if self._used == len(self._held):
            if self._next >= self._size:
                return 0
            self._held, self._used = self._block(self._next), 0
            self._next += len(self._held)
            if not self._held:  # it has become shorter
                self._next = self._size
        part = self._held[self._used : self._used + len(buffer)]
        buffer[: len(part)] = part
        self._used += len(part)
        return len(part)


def _called(files: Any, verb: str, given: Iterable[Any], named: dict[str, Any], seconds: float) -> Any:
    """One call of fsspec, ended after so many seconds where that is possible (storages over the network)."""
    if not files.async_impl:
        return getattr(files, verb)(*given, **named)
    from fsspec.asyn import sync  # noqa: PLC0415

    return sync(files.loop, getattr(files, f"_{verb}"), *given, timeout=seconds, **named)


def _found(name: str, told: dict[str, Any]) -> Found:
    state = next((told[key] for key in _STATES if told.get(key)), "")
    if isinstance(state, datetime):  # of two ways to ask, one may give seconds
        state = state.timestamp()
    return Found(name, int(told["size"] or 0), f"{told['size']}-{str(state).strip(chr(34))}")


def _words(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())[:200]
