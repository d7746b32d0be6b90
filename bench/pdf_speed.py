"""Pages per second: casebook's PDF reader, bare pypdfium2 text and pdfplumber, side by side.

    python bench/pdf_speed.py FILE_OR_FOLDER ... [--repeat 3] [--no-pdfplumber]
    python bench/pdf_speed.py                     # a mixed set made on the spot (needs reportlab)

Every tool reads the same files in the same process, one after the other for each file, so that a
busy machine slows all of them. The median of the repeats counts.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pdfplumber
import pypdfium2

from pipeline.readers.pdf import read

AT_MOST = 12.0  # times bare pypdfium2
AT_LEAST = 3.0  # times as fast as pdfplumber


def by_casebook(path: Path) -> None:
    read(path.read_bytes(), path.name)


def by_pypdfium2(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    document.close()


def by_pdfplumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def pages_of(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def measure(files: list[Path], tools: dict[str, Callable[[Path], None]], repeat: int) -> dict[str, float]:
    """Seconds for all files, by tool (median of the repeats)."""
    seconds: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(repeat):
        spent = dict.fromkeys(tools, 0.0)
        for path in files:
            for name, tool in tools.items():
                gc.collect()
                start = time.perf_counter()
                tool(path)
                spent[name] += time.perf_counter() - start
        for name, value in spent.items():
            seconds[name].append(value)
    return {name: statistics.median(values) for name, values in seconds.items()}


def made_set(folder: Path) -> list[Path]:
    """The layouts of the tests, tables included, as a set to measure with."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "pipeline" / "readers" / "pdf"))
    import make_tables  # noqa: PLC0415

    return make_tables.write_all(folder)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-pdfplumber", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = [f for p in options.paths for f in (sorted(p.rglob("*.pdf")) if p.is_dir() else [p])]
        files = files or made_set(Path(folder))
        tools: dict[str, Callable[[Path], None]] = {"casebook": by_casebook, "pypdfium2": by_pypdfium2}
        if not options.no_pdfplumber:
            tools["pdfplumber"] = by_pdfplumber
        pages = sum(pages_of(f) for f in files)
        seconds = measure(files, tools, options.repeat)
    print(f"{len(files)} files, {pages} pages, median of {options.repeat}")
    for name, value in seconds.items():
        print(f"{name:12} {pages / value:8.1f} pages/s  {1000 * value / pages:7.2f} ms/page")
    ratio = seconds["casebook"] / seconds["pypdfium2"]
    print(f"casebook takes {ratio:.1f} times pypdfium2's time (at most {AT_MOST:.0f})")
    fine = ratio <= AT_MOST
    if "pdfplumber" in seconds:
        ratio = seconds["pdfplumber"] / seconds["casebook"]
        print(f"casebook is {ratio:.1f} times as fast as pdfplumber (at least {AT_LEAST:.0f})")
        fine = fine and ratio >= AT_LEAST
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
