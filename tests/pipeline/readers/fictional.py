# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""One invented paper, written out in every format, so that all readers can be held to the same words.

In its texts `^{2}` is a superscript, `_{3}` a subscript and `{{1,2}}` a citation.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_INLINE = re.compile(r"\^\{([^}]*)\}|_\{([^}]*)\}|\{\{([\d,]+)\}\}")


@dataclass(frozen=True)
class Fictional:
    """The paper's own truth: parts in reading order, as written."""

    title: str = "Two collapsed vertebrae in the weeks after childbirth"
    authors: tuple[tuple[str, str], ...] = (("Orla", "Fennimore"), ("Jón", "Ásbrandsson"))
    journal: str = "Annals of Imagined Bone"
    year: int = 2021
    doi: str = "10.5555/aib.2021.0042"
    pmid: str = "90000042"
    pmcid: str = "PMC90000042"
    abstract: tuple[tuple[str, str], ...] = (
        ("BACKGROUND", "Fractures while breastfeeding are seldom seen."),
        ("CASE REPORT", "A 29-year-old woman had a lumbar bone mineral density of 0.688 g/cm^{2}. Her platelets were "
                        "212 × 10^{9}/L, and 25(OH)D_{3} was 18 ng/mL."),
        ("CONCLUSION", "Ask about back pain & weaning when α < 0.05."),
    )
    sections: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Introduction", ("Few such women have been described{{1,2}}. Most recover{{3}}, but not all{{4}} of them do so.",)),
        ("Case report", ("She came 6 weeks after delivery with a height of 168 cm and a body mass index of 19.4 kg/m^{2}. "
                         "Radiographs showed fractures of T12 and L2.",
                         "Alendronate 70 mg once weekly was begun on the 2^{nd} day; results are given in Table 1.")),
        ("Discussion", ("In 10^{3} births less than one such case is expected{{1}}.",)),
    )
    caption: tuple[str, str] = ("Table 1", "Laboratory findings of the patient")
    table: tuple[tuple[str, ...], ...] = (
        ("Analyte", "At admission", "After 1 year"),
        ("Calcium (mmol/L)", "2.31", "2.40"),
        ("Leukocytes (10^{9}/L)", "6.1", ""),
        ("Vitamin D_{3}", "low", "normal"),
    )
    references: tuple[str, ...] = ("Adderley P. Bones and cradles. Acta Ficta. 1999;1:1-9.",
                                   "Brume Q. A fracture of T4. Acta Ficta. 2003;5:11-4.")

    def plain(self, text: str) -> str:
        """What a reader is to make of a text."""
        text = re.sub(r"10\^\{(\d+)\}", r"10^\1", text)
        return _INLINE.sub(lambda m: m.group(1) or m.group(2) or "", text)

    @property
    def abstract_words(self) -> list[str]:
        return [self.title, *(f"{label}: {self.plain(text)}" for label, text in self.abstract)]

    @property
    def words(self) -> list[str]:
        """All factual words of the paper, cell by cell, in reading order."""
        found = self.abstract_words
        for title, paragraphs in self.sections:
            found += [title, *map(self.plain, paragraphs)]
            if title == "Case report":
                found.append(". ".join(self.caption))
                found += [self.plain(cell) for row in self.table for cell in row if cell]
        return found

    def marked(self, text: str, cite: Callable[[str], str], sup: str = "sup", sub: str = "sub") -> str:
        def one(match: re.Match[str]) -> str:
            if match.group(1):
                return f"<{sup}>{match.group(1)}</{sup}>"
            return f"<{sub}>{match.group(2)}</{sub}>" if match.group(2) else cite(match.group(3))

        return _INLINE.sub(one, escape(text, quote=False))


def to_jats(paper: Fictional) -> bytes:
    def cite(numbers: str) -> str:
        return " [" + ",".join(f'<xref ref-type="bibr" rid="B{n}">{n}</xref>' for n in numbers.split(",")) + "]"

    def mark(text: str) -> str:
        return paper.marked(text, cite)

    contribs = "".join(f'<contrib contrib-type="author"><name><surname>{s}</surname><given-names>{g}</given-names></name>'
                       '<xref ref-type="aff" rid="a1"><sup>1</sup></xref></contrib>' for g, s in paper.authors)
    abstract = "".join(f"<sec><title>{label}</title><p>{mark(text)}</p></sec>" for label, text in paper.abstract)
    rows = ["".join(f"<{tag}>{mark(cell)}</{tag}>" for cell in row)
            for row, tag in zip(paper.table, ["th", "td", "td", "td"], strict=True)]
    table = (f'<table-wrap id="T1"><label>{paper.caption[0]}</label><caption><p>{paper.caption[1]}</p></caption><table>'
             f"<thead><tr>{rows[0]}</tr></thead><tbody>{''.join(f'<tr>{r}</tr>' for r in rows[1:])}</tbody></table></table-wrap>")
    body = "".join(f"<sec><title>{title}</title>{''.join(f'<p>{mark(p)}</p>' for p in paragraphs)}"
                   f"{table if title == 'Case report' else ''}</sec>" for title, paragraphs in paper.sections)
    refs = "".join(f'<ref id="B{n}"><mixed-citation>{r}</mixed-citation></ref>' for n, r in enumerate(paper.references, 1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="case-report" xml:lang="en"><front><journal-meta>
<journal-title-group><journal-title>{paper.journal}</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="pmid">{paper.pmid}</article-id><article-id pub-id-type="pmc">{paper.pmcid[3:]}</article-id>
<article-id pub-id-type="doi">{paper.doi.upper()}</article-id><title-group><article-title>{paper.title}</article-title>
</title-group><contrib-group>{contribs}</contrib-group><pub-date pub-type="ppub"><year>{paper.year + 1}</year></pub-date>
<pub-date pub-type="epub"><year>{paper.year}</year></pub-date><abstract>{abstract}</abstract></article-meta></front>
<body>{body}</body><back><ack><p>We thank everybody.</p></ack><ref-list>{refs}</ref-list></back></article>""".encode()


def to_pubmed(paper: Fictional) -> bytes:
    authors = "".join(f"<Author><LastName>{s}</LastName><ForeName>{g}</ForeName></Author>" for g, s in paper.authors)
    parts = "".join(f'<AbstractText Label="{label}">{paper.marked(text, lambda _: "")}</AbstractText>'
                    for label, text in paper.abstract)
    return f"""<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>{paper.pmid}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>{paper.year}</Year></PubDate></JournalIssue><Title>{paper.journal}</Title></Journal>
<ArticleTitle>{paper.title}.</ArticleTitle><ELocationID EIdType="doi">{paper.doi}</ELocationID><Abstract>{parts}</Abstract>
<AuthorList>{authors}</AuthorList><Language>eng</Language></Article></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pmc">{paper.pmcid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>""".encode()


def _one_line_abstract(paper: Fictional) -> str:
    return " ".join(f"{label}: {paper.plain(text)}" for label, text in paper.abstract)


def _wrapped(tag: str, value: str) -> str:
    lines, line = [], ""
    for word in value.split():
        if len(line) + len(word) > 80:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return f"{tag:<4}- " + "\n      ".join([*lines, line]) + "\n"


def to_nbib(paper: Fictional) -> bytes:
    fields = [("PMID", paper.pmid), ("OWN", "NLM"), ("DP", f"{paper.year} Mar"), ("TI", paper.title + "."),
              ("LID", f"{paper.doi} [doi]"), ("AB", _one_line_abstract(paper))]
    for given, surname in paper.authors:
        fields += [("FAU", f"{surname}, {given}"), ("AU", f"{surname} {given[0]}")]
    fields += [("LA", "eng"), ("JT", paper.journal), ("PMC", paper.pmcid), ("AID", f"{paper.doi} [doi]")]
    return ("\n" + "".join(_wrapped(tag, value) for tag, value in fields)).encode()


def to_ris(paper: Fictional) -> bytes:
    lines = ["TY  - JOUR", *(f"AU  - {s}, {g}" for g, s in paper.authors), f"TI  - {paper.title}", f"JF  - {paper.journal}",
             f"PY  - {paper.year}", f"DO  - https://doi.org/{paper.doi}", f"AN  - {paper.pmid}", f"C2  - {paper.pmcid}",
             "LA  - eng", f"AB  - {_one_line_abstract(paper)}", "ER  - ", ""]
    return "\r\n".join(lines).encode()


def to_html(paper: Fictional) -> bytes:
    def cite(numbers: str) -> str:
        return "<sup>" + ",".join(f'<a href="#ref-{n}">{n}</a>' for n in numbers.split(",")) + "</sup>"

    def mark(text: str) -> str:
        return paper.marked(text, cite)

    metas = "".join(f'<meta name="citation_author" content="{s}, {g}">' for g, s in paper.authors)
    abstract = "".join(f"<h3>{label}</h3><p>{mark(text)}</p>" for label, text in paper.abstract)
    head, *rest = ["".join(f"<td>{mark(cell)}</td>" for cell in row) for row in paper.table]
    table = (f"<figure class='table-wrap'><figcaption><b>{paper.caption[0]}</b> {paper.caption[1]}</figcaption><table><thead>"
             f"<tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rest)}</tbody></table></figure>")
    body = "".join(f"<h2>{title}</h2>{''.join(f'<p>{mark(p)}</p>' for p in paragraphs)}"
                   f"{table if title == 'Case report' else ''}" for title, paragraphs in paper.sections)
    refs = "".join(f'<li id="ref-{n}">{r} <a href="#">Google Scholar</a></li>' for n, r in enumerate(paper.references, 1))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{paper.title} | {paper.journal}</title>
<meta name="citation_title" content="{paper.title}">{metas}<meta name="citation_journal_title" content="{paper.journal}">
<meta name="citation_publication_date" content="{paper.year}/03/01"><meta name="citation_doi" content="{paper.doi}">
<meta name="citation_pmid" content="{paper.pmid}"><meta property="og:url" content="https://example.org/pmc/{paper.pmcid}/">
<script>var x = "<p>She was 99 years old.</p>";</script></head><body><header><nav><a href="/">Home</a> <a href="/l">Log in</a>
</nav></header><div id="cookie-banner"><p>This site uses cookies and the patient was aged 12.</p></div><main><article>
<h1>{paper.title}</h1><section id="abstract"><h2>Abstract</h2>{abstract}</section>{body}<h2>References</h2>
<ol class="references">{refs}</ol></article></main><aside><h2>Related articles</h2><p>A man of 71 years with gout.</p></aside>
<footer>© Imagined Press</footer></body></html>""".encode()


def to_mhtml(page: bytes) -> bytes:
    """A saved web page with its pictures in one archive."""
    body = base64.encodebytes(page)
    return (
        b"From: <Saved by a browser>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n'
        b"------x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + body + b"\r\n------x\r\nContent-Type: image/png\r\n\r\nno picture\r\n------x--\r\n"
    )


def to_docx(paper: Fictional) -> bytes:
    def paragraph(text: str, style: str = "") -> str:
        runs, position = "", 0
        for match in _INLINE.finditer(text):
            runs += run(text[position:match.start()])
            raised = match.group(1) or match.group(3)
            runs += run(raised or match.group(2), "superscript" if raised else "subscript")
            position = match.end()
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{named}{runs}{run(text[position:])}</w:p>"

    def run(text: str, place: str = "") -> str:
        look = f'<w:rPr><w:vertAlign w:val="{place}"/></w:rPr>' if place else ""
        return f'<w:r>{look}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""

    rows = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in paper.table)
    parts = [paragraph(paper.title, "Titel"), paragraph("Orla Fennimore, Jón Ásbrandsson"), paragraph("Abstract", "Ueb1")]
    for label, text in paper.abstract:
        parts += [paragraph(label, "Ueb2"), paragraph(text)]
    for title, paragraphs in paper.sections:
        parts += [paragraph(title, "Ueb1"), *map(paragraph, paragraphs)]
        if title == "Case report":
            parts += [paragraph(". ".join(paper.caption), "Beschriftung"), f"<w:tbl>{rows}</w:tbl>"]
    parts += [paragraph("References", "Ueb1"), *map(paragraph, paper.references)]
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
                     for key, name in (("Titel", "Title"), ("Ueb1", "heading 1"), ("Ueb2", "Überschrift 2"),
                                       ("Beschriftung", "caption")))
    return zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
                   "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>'})


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[Fictional], bytes]] = {
    "jats": to_jats, "pubmed": to_pubmed, "nbib": to_nbib, "ris": to_ris, "html": to_html, "docx": to_docx,
}
