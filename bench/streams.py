"""How fast bulk files go through the filter into packs on one core, and with how much memory.

    python bench/streams.py [--corpus DIR] [--records 30000] [--articles 20000] [--keep DIR]

One file as of PubMed's baseline and one `.tar.gz` as of PubMed Central are made of the development texts,
each text as often as needed under an identifier of its own. Then each is packed with several filters.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import re
import tarfile
import tempfile
import time
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

from corpus import ROOT

from pipeline.only import only
from pipeline.scale.sources import shards
from pipeline.scale.storage import storage

_FILTERS = (
    "osteoporosis AND (pregnancy OR lactation)",
    "osteoporosis AND type:case-report",
    "type:case-report",
    None,
)
#: what a record of PubMed has besides title and abstract: names, with accents in some, and references
_PEOPLE = (
    "Berg",
    "M&#252;ller",
    "Okonjo",
    "Nu\u00f1ez",
    "Tanaka",
    "Sm&amp;ith",
    "Li",
    "Garc\u00eda",
    "Brown",
    "Rossi",
)
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Make the files, pack them."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--records", type=int, default=30_000)
    arguments.add_argument("--articles", type=int, default=20_000)
    arguments.add_argument("--keep", type=Path, help="folder for the files, made once")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        for name, make, number in (
            ("pubmed/pubmed26n0001.xml.gz", _baseline, given.records),
            ("pmc/oa.tar.gz", _archive, given.articles),
        ):
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                make(given.corpus, place, number)
            with gzip.open(place) as handle:
                size = sum(map(len, iter(lambda: handle.read(1 << 20), b"")))
            print(
                f"{name}: {number:,} in {size / 1e6:,.0f} MB, {place.stat().st_size / 1e6:,.0f} MB compressed"
            )
            for expression in _FILTERS:
                _measure(place.parent, Path(scratch, "out"), expression, number, size)


def _measure(raw: Path, out: Path, expression: str | None, number: int, size: int) -> None:
    filtered = only(expression) if expression else None
    target = storage(str(out))
    for found in list(target.list()):
        target.remove(found.name)
    start, cpu, seen, highest = time.monotonic(), time.process_time(), 0, []
    for shard in shards(str(raw), target, filtered):
        seen += len(shard.members)
        highest.append(_resident())
    seconds, used = time.monotonic() - start, time.process_time() - cpu
    packs = sum(found.size for found in target.list())
    print(
        f"  {expression or '(all)'}: {seen:,} packed, {seconds:.1f} s ({used:.1f} s of processor), "
        f"{size / 1e6 / used:.0f} MB/s, {number / used:,.0f} a second; packs {packs / 1e6:,.0f} MB; "
        f"memory {_peak():.0f} MB at most, {highest[-1] if highest else _resident():.0f} MB in the end"
    )


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1e6


def _peak() -> float:
    match = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(match[1]) / 1e3 if match else 0.0


def _baseline(corpus: Path, place: Path, number: int) -> None:
    lines = (corpus / "real-unlabelled/texts.jsonl").read_text().splitlines()
    texts = cycle([json.loads(line)["text"] for line in lines])
    with gzip.open(place, "wb", 6) as handle:
        handle.write(b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
        for pmid, text in zip(range(1, number + 1), texts, strict=False):
            handle.write(_record(pmid, text).encode())
        handle.write(b"</PubmedArticleSet>")


def _record(pmid: int, text: str) -> str:
    people = "".join(
        f'<Author ValidYN="Y"><LastName>{name}</LastName><ForeName>A B</ForeName>'
        f"<AffiliationInfo><Affiliation>Department of Medicine {pmid}, A Hospital, Somewhere.</Affiliation>"
        "</AffiliationInfo></Author>"
        for name in islice(cycle(_PEOPLE), pmid % 7, pmid % 7 + 5)
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D0{n}" MajorTopicYN="N">{name}</DescriptorName></MeshHeading>'
        for n, name in enumerate(("Humans", "Female", "Adult", "Middle Aged", "Treatment Outcome"))
    )
    references = "".join(
        f"<Reference><Citation>Berg A. A journal. 20{n};{n}:1-{n}.</Citation><ArticleIdList><ArticleId "
        f'IdType="pubmed">{pmid + n}</ArticleId></ArticleIdList></Reference>'
        for n in range(10, 20)
    )
    kind = "Case Reports" if pmid % 10 == 0 else "Journal Article"
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f"<DateRevised><Year>2020</Year></DateRevised><Article><Journal><Title>A journal</Title></Journal>"
        f"<ArticleTitle>{escape(text[:90])}</ArticleTitle><Abstract><AbstractText>{escape(text[:1600])}"
        f"</AbstractText></Abstract><AuthorList>{people}</AuthorList><Language>eng</Language>"
        f'<PublicationTypeList><PublicationType UI="D1">{kind}</PublicationType></PublicationTypeList>'
        f"</Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation><PubmedData><ReferenceList>{references}"
        f"</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def _archive(corpus: Path, place: Path, number: int) -> None:
    files = [path.read_bytes() for path in sorted((corpus / "real-unlabelled/jats").glob("*.xml"))]
    with tarfile.open(place, "w:gz", compresslevel=6) as archive:
        for name, data in islice(_articles(files), number):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def _articles(files: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, data in zip(count(1), cycle(files)):
        yield (
            f"PMC{number // 1000:03}/PMC{number}.xml",
            data.replace(b"<article-title>", b"<article-title>%d " % number, 1),
        )


if __name__ == "__main__":
    main()
