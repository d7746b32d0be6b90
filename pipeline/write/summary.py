"""The wide table: one line per patient, from the fact rows of one paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
_HIP_SITES = ("total hip", "femoral neck", "proximal femur")
_REGION_ORDER = "CTLS"


def summary_rows(document: Row, rows: dict[str, list[Row]]) -> list[Row]:
    """The summary lines of one paper's patients, in the order of its cases."""
    authors = [a for a in str(document.get("authors") or "").split("; ") if a]
    shown = authors[0] + (" et al." if len(authors) > 1 else "") if authors else ""
    return [_line(document, shown, case, rows) for case in rows["cases"]]


def _line(document: Row, authors: str, case: Row, rows: dict[str, list[Row]]) -> Row:
    def of(table: str) -> list[Row]:
        return [r for r in rows[table] if r["case_id"] == case["case_id"]]

    fractures, bmd, labs, drugs = of("fractures"), of("bmd"), of("labs"), of("drugs")
    levels = sorted({r["level"] for r in fractures if r["level"]}, key=level_order)
    return {
        "doc_id": case["doc_id"],
        "case_id": case["case_id"],
        "authors": authors,
        "year": document.get("year"),
        **{k: case[k] for k in ("label", "age_years", "sex", "gravida", "para", "bmi")},
        "onset_days": _joined(_span(r) for r in of("onset")),
        "n_vertebral_fractures": len(levels) or None,
        "vertebral_levels": _joined(levels),
        "other_fractures": _joined(_site(r) for r in fractures if not r["level"]),
        "lumbar_t_score": _lowest(bmd, "t_score", ("lumbar spine",)),
        "lumbar_z_score": _lowest(bmd, "z_score", ("lumbar spine",)),
        "hip_t_score": _lowest(bmd, "t_score", _HIP_SITES),
        "hip_z_score": _lowest(bmd, "z_score", _HIP_SITES),
        "labs_abnormal": _joined(
            f"{r['analyte']} {r['flag']}"
            for r in labs
            if r["flag"] in ("low", "high") and r["phase"] == "baseline"
        ),
        "drugs_given": _joined(r["drug"] for r in drugs if r["status"] in ("given", "stopped")),
        "drugs_prior": _joined(r["drug"] for r in drugs if r["status"] == "prior"),
        "duplicate_of": "",
    }


def level_order(level: str) -> tuple[int, int]:
    """Sort key of vertebral levels from the neck down."""
    return _REGION_ORDER.index(level[0]), int(level[1:])


def _span(row: Row) -> str:
    low, high = row["days_from_delivery_min"], row["days_from_delivery_max"]
    return str(low) if low == high else f"{low}..{high}"


def _site(row: Row) -> str:
    return f"{row['side']} {row['site']}".strip()


def _lowest(bmd: list[Row], measure: str, sites: tuple[str, ...]) -> float | None:
    values = [
        r["value"] for r in bmd if r["measure"] == measure and r["site"] in sites and r["phase"] == "baseline"
    ]
    return min(values, default=None)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(parts))
