"""Invented bulk files as PubMed and PubMed Central give them, and what is found in the packs made of them."""

from __future__ import annotations

import io
import tarfile
import zipfile

from pipeline.scale.shard import Member, Shard
from pipeline.scale.storage import parted


def jats(number: int, words: str = "osteoporosis", kind: str = "case-report") -> bytes:
    """An article of PubMed Central."""
    return (
        f'<article article-type="{kind}"><front><article-meta>'
        f'<article-id pub-id-type="pmc">{number}</article-id>'
        f"<title-group><article-title>Paper {number} on {words}</article-title></title-group></article-meta>"
        f"</front><body><p>Nothing else is told in the text of paper {number}.</p></body></article>"
    ).encode()


def pubmed(number: int, words: str = "osteoporosis") -> bytes:
    """A record of PubMed."""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{number}</PMID>'
        f"<Article><ArticleTitle>Paper {number} on {words} by M&#252;ller</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle>\n"
    ).encode()


def baseline(records: list[bytes]) -> bytes:
    """A file of PubMed's baseline."""
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "pubmed.dtd">\n'
    return head + b"<PubmedArticleSet>\n" + b"".join(records) + b"</PubmedArticleSet>"


def europe(articles: list[bytes]) -> bytes:
    """A file of Europe PMC's open articles."""
    return b"<articles xmlns:xlink='http://x'>\n" + b"\n".join(articles) + b"</articles>"


def tar(files: dict[str, bytes] | list[tuple[str, bytes]], end: bool = True) -> bytes:
    """A tar archive, without its end mark where none is wanted."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items() if isinstance(files, dict) else files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if not end:
            return made.getvalue()
    return made.getvalue()


def members_of(found: list[Shard]) -> list[Member]:
    """The members of shards, in order."""
    return [member for shard in found for member in shard.members]


def bytes_of(found: list[Shard]) -> dict[str, bytes]:
    """What their packs hold, by doc_id."""
    data = {}
    for shard in found:
        if shard.pack:
            where, name = parted(shard.pack)
            with zipfile.ZipFile(io.BytesIO(where.read(name, 10**8))) as archive:
                assert archive.namelist() == [one.place for one in shard.members if not one.problem]
                data |= {one.doc_id: archive.read(one.place) for one in shard.members if not one.problem}
    return data
