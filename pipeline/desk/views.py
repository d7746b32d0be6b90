"""What the desk shows of a paper: its text in blocks and tables, and for a PDF where each word stands.

Files are read in a process of its own, with a time limit: a broken one never takes the desk with it.
"""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from pipeline.files import write_whole

#: seconds that reading or drawing may take
_PATIENCE = 120.0
#: dots for each point of a page: sharp at twice the usual width of the pane
_SCALE = 2.0
#: dots of a picture's longer side at most
_MOST_DOTS = 4000
#: views that are kept in memory: a page asks for its paper several times
_RECENT = 8

View = dict[str, Any]


class NoView(Exception):
    """A paper, or a page, that cannot be shown; the text says why."""


def _end_with_parent() -> None:
    """Have this process end as soon as the desk is gone, however it ended."""
    desk = multiprocessing.parent_process()

    def wait() -> None:
        if desk is not None:
            desk.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _loaded(path: str, number: int) -> None:
    """Load what reading takes. Runs in the reading process."""
    import pypdfium2  # noqa: F401, PLC0415

    from pipeline import structure  # noqa: F401, PLC0415
    from pipeline.readers.pdf import document  # noqa: F401, PLC0415


def view_of(path: str, number: int) -> View:
    """Read record `number` (from 0) of a file: what `Views.view` gives. Runs in the reading process."""
    from pipeline import readers  # noqa: PLC0415
    from pipeline.structure import structure  # noqa: PLC0415

    paper = structure(readers.read(Path(path))[number])
    return {
        "text": paper.text,
        "format": paper.format,
        "blocks": [[b.kind.value, b.start, b.end, b.level] for b in paper.blocks],
        "tables": [
            {
                "start": t.start,
                "end": t.end,
                "cells": [[c.row, c.col, c.start, c.end, c.row_span, c.col_span, c.header] for c in t.cells],
            }
            for t in paper.tables
        ],
        "pages": _sizes(path) if paper.format == "pdf" else [],
        "boxes": [[b.start, b.end, b.page, b.x0, b.top, b.x1, b.bottom] for b in paper.boxes],
    }


def _sizes(path: str) -> list[tuple[float, float]]:
    import pypdfium2 as pdfium  # noqa: PLC0415

    document = pdfium.PdfDocument(path)
    try:
        return [document.get_page_size(number) for number in range(len(document))]
    finally:
        document.close()


def picture_of(path: str, number: int) -> bytes:
    """Page `number` (from 1) of a PDF as PNG. Runs in the reading process.

    A scan that lies askew is set straight, as it was before its words were read: they stand over it then.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415

    from pipeline.readers.pdf.document import is_scan  # noqa: PLC0415
    from pipeline.readers.pdf.pdfium import read_page  # noqa: PLC0415
    from pipeline.readers.pdf.scan_rules import straightened  # noqa: PLC0415

    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        scale = min(_SCALE, _MOST_DOTS / max(1.0, *page.get_size()))
        out = io.BytesIO()
        image = page.render(scale=scale).to_pil().convert("RGB")
        if is_scan(read_page(document, number)):
            image = straightened(image)
        image.quantize(64).save(out, "PNG", optimize=False)
        return out.getvalue()
    finally:
        document.close()


class Views:
    """Views and page pictures of papers, kept in a folder under the digest of the file and the program."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder, self._program = folder, program
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._recent: dict[Path, View] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def view(self, path: Path, digest: str, number: int) -> View:
        """A paper's text, blocks, tables, pages (sizes in points) and boxes. Raises NoView."""
        place = self._place(digest, f"view {number}", "json")
        found = self._recent.get(place)
        if found is None:
            found = self._kept_view(place)
            if found is None:
                found = cast(View, self._ask(view_of, str(path), number))
                self._keep(place, json.dumps(found, separators=(",", ":")).encode())
            self._recent[place] = found
            for old in list(self._recent)[:-_RECENT]:
                self._recent.pop(old, None)
        return found

    def _kept_view(self, place: Path) -> View | None:
        try:
            return cast(View, json.loads(place.read_bytes()))
        except (OSError, ValueError):
            return None

    def picture(self, path: Path, digest: str, number: int) -> bytes:
        """A page of a PDF as PNG. Raises NoView."""
        place = self._place(digest, f"page {number}", "png")
        try:
            return place.read_bytes()
        except OSError:
            found = cast(bytes, self._ask(picture_of, str(path), number))
            self._keep(place, found)
            return found

    def warm(self) -> None:
        """Have the reading process load what it needs, so that the first paper need not wait for that."""
        with suppress(NoView):
            self._ask(_loaded, "", 0)

    def close(self) -> None:
        """End the reading process."""
        with self._lock:
            self._end()

    def _place(self, digest: str, what: str, ending: str) -> Path:
        key = hashlib.sha256(f"{self._program} {digest} {what}".encode()).hexdigest()[:32]
        return self._folder / f"{key}.{ending}"

    def _keep(self, place: Path, data: bytes) -> None:
        try:
            write_whole(place.with_name(f"{place.stem}-{threading.get_ident()}{place.suffix}"), data)
            place.with_name(f"{place.stem}-{threading.get_ident()}{place.suffix}").replace(place)
        except OSError:  # a full disk: it is read again next time
            return

    def _ask(self, work: Any, path: str, number: int) -> Any:
        with self._lock:  # one at a time: PDFium is not safe for threads, and one process is enough
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_parent)
            try:
                return self._pool.submit(work, path, number).result(_PATIENCE)
            except (BrokenProcessPool, TooLate) as error:
                self._end()
                raise NoView(f"{Path(path).name} cannot be shown: reading it failed") from error
            except Exception as error:
                raise NoView(f"{Path(path).name} cannot be shown: {error}") from error

    def _end(self) -> None:
        if self._pool is not None:
            for process in list(getattr(self._pool, "_processes", {}).values()):
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
