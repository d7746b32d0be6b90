"""What the inline elements of JATS do to their words, and formulas on one line."""

from __future__ import annotations

import re

from pipeline.readers.markup import SUB, SUB_END, SUP, SUP_END, Element, Role, inline, is_mark, plain

#: elements that interrupt a paragraph without ending it
FLOATS = frozenset(("table-wrap", "table-wrap-group", "fig", "fig-group", "supplementary-material", "media",
                    "fn",
                    "boxed-text", "table", "chem-struct-wrap"))
#: elements that end the running text before them
SPLITTERS = frozenset(("list", "def-list", "disp-quote", "preformat", "verse-group", "speech", "statement",
                       "code", "sec", "p"))
_SKIPPED = frozenset(("graphic", "inline-graphic", "alt-text", "long-desc", "object-id", "index-term",
                      "tex-math", "disp-formula", "disp-formula-group", "processing-meta", "permissions",
                      "strike", "array", "annotation", "annotation-xml", "hr", "floats-group", "kwd-group",
                      "issue-id", "sec-meta"))
_NOTE_TYPES = frozenset(("fn", "table-fn", "aff", "corresp", "author-notes", "contrib"))
_NOTE_MARK = re.compile(r"[\[(]?\w?[^\w\s]{0,3}\w?\W{0,2}(?:\s*,\s*\w){0,3}[\])]?")
_REFERENCE_ID = re.compile(r"(?:b|bib|br|cr|r|ref|cit|cite)[-_.]?\d+|.*-(?:b|bib|cr|ref)\d+", re.IGNORECASE)


def jats_role(element: Element) -> Role:
    """The role of an element inside running text."""
    tag = element.tag
    if tag == "xref":
        return _xref_role(element)
    if tag in ("sup", "sub"):
        return Role.SUP if tag == "sup" else Role.SUB
    if tag in _SKIPPED:
        return Role.SKIP
    if tag in FLOATS or tag in SPLITTERS:
        return Role.BLOCK
    return Role.BREAK if tag == "break" else Role.TEXT


def _xref_role(element: Element) -> Role:
    kind = element.get("ref-type", "")
    if kind not in ("bibr", "") and kind not in _NOTE_TYPES:
        return Role.TEXT
    words = "".join(element.itertext()).strip()
    if kind == "bibr" or (not kind and _REFERENCE_ID.fullmatch(element.get("rid", ""))):
        return Role.CITE if not words or is_mark(words) else Role.TEXT
    return Role.CITE if kind and _NOTE_MARK.fullmatch(words) else Role.TEXT


def flatten_formulas(root: Element) -> None:
    """Replace each inline formula by its words on one line where it is that simple, else by nothing.

    Publishers set "25.3 ± 2" or the exponent of "cm²" as formulas, so not all can be dropped.
    """
    for formula in list(root.iter("inline-formula", "math")):
        if formula.getparent() is None or formula.getparent().tag in ("math", "disp-formula"):
            continue
        math = formula if formula.tag == "math" else formula.find(".//math")
        tex = formula.find(".//tex-math")
        if math is not None:
            words = _linear(math)
        elif tex is not None:
            words = _simple_tex("".join(tex.itertext()))
        else:
            words = plain(inline(formula, jats_role))
        tail = formula.tail
        formula.clear()
        formula.tag = "formula"
        formula.tail = tail
        formula.text = words if words is not None and len(words) <= 80 else ""


_MATH_ROWS = frozenset(("math", "mrow", "mstyle", "mpadded", "semantics", "mfenced", "menclose"))
_MATH_WORDS = frozenset(("mi", "mn", "mo", "mtext", "ms"))


def _linear(element: Element) -> str | None:
    """MathML as words with marks; None where it needs more than one line."""
    tag = element.tag
    if tag in _MATH_WORDS:
        return "".join(element.itertext())
    if tag in ("mspace", "annotation", "annotation-xml", "mphantom"):
        return ""
    parts = [_linear(child) for child in element]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    if tag in _MATH_ROWS:
        return "".join(known)
    if tag == "msup" and len(known) == 2:
        return f"{known[0]}{SUP}{known[1]}{SUP_END}"
    if tag == "msub" and len(known) == 2:
        return f"{known[0]}{SUB}{known[1]}{SUB_END}"
    if tag == "mfrac" and len(known) == 2 and max(map(len, known)) < 12:
        return f"{known[0]}/{known[1]}"
    return None


_TEX_BODY = re.compile(r"\\begin\{document\}(.{0,400}?)\\end\{document\}", re.DOTALL)
_TEX_SIGNS = {
    "pm": "±", "times": "×", "cdot": "·", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "mu": "µ",
    "alpha": "α",
    "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ", "sim": "~", "approx": "≈",
    "circ": "°",
    "%": "%", ",": " ", ";": " ", " ": " ", "upmu": "µ", "upbeta": "β", "upalpha": "α", "prime": "′",
    "chi": "χ",
}
_TEX_FONT = re.compile(r"\\(?:mathrm|text|rm|mathit|mathbf|textrm|hbox|it|bf)\b\s*")
_TEX_COMMAND = re.compile(r"\\([A-Za-z]+|[%,; ])\s?")
_TEX_RAISED = re.compile(r"([\^_])(?:\{([^{}\\]{1,12})\}|([\w*+-]))")
_TEX_SIMPLE = re.compile(r"[\w\s.,;:()/%±×·≥≤<>=~≈°′+*\u2212\u2013\ufdd0-\ufdd3-]{0,80}")


def _simple_tex(tex: str) -> str | None:
    """LaTeX as words with marks; None where a command remains that one line cannot show."""
    body = _TEX_BODY.search(tex)
    text = (body.group(1) if body else tex[:400]).replace("$", "").strip()
    text = _TEX_COMMAND.sub(lambda m: _TEX_SIGNS.get(m.group(1), m.group()), _TEX_FONT.sub("", text))
    text = _TEX_RAISED.sub(_raise, text).replace("{", "").replace("}", "")
    return text if _TEX_SIMPLE.fullmatch(text) else None


def _raise(match: re.Match[str]) -> str:
    content = match.group(2) or match.group(3)
    return f"{SUP}{content}{SUP_END}" if match.group(1) == "^" else f"{SUB}{content}{SUB_END}"
