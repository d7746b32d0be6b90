"""Tables whose cells are whole results: "WBC 6,300 /µL | Ca 9.4 mg/dL | ALP 402 U/L (106-322)".

So are the results on admission often printed, two or three in a row to save room: no label says what a cell
holds. Where the columns are lost, such a row has all but the last number in its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors import registry
from extractors.base import Mention
from extractors.text import View
from pipeline.tables.prose import moved
from pipeline.tables.senses import Sense
from pipeline.tables.sheet import Sheet

#: so many results make such a table, and so great a part of its cells
_LEAST = 4
_SHARE = 0.6
#: a name, then a number
_STATEMENT = re.compile(r"\s*[^\W_][^|;]{0,40}?[\s:=<>]\d")
#: the same with words behind it: a label that holds another test's result, too
_STATEMENT_AND_MORE = re.compile(_STATEMENT.pattern + r"[\d.,]*+\s?\S++\s+\S*[^\W\d_]")


def statements(sheet: Sheet) -> list[tuple[str, Mention]]:
    """The results of such a table as (component, mention), dated by its caption; none of any other one."""
    if sheet.patients or sheet.in_head or sheet.only is not None:
        return []
    cells = [cell for cell in sheet.grid.cells if cell.start < cell.end]
    least = max(_LEAST, _SHARE * len(cells))
    stated = [cell for cell in cells if _STATEMENT.match(sheet.labels.words(cell))]
    if len(stated) < least:
        return []
    read = (list(_results(sheet, sheet.labels.words(cell), cell.start)) for cell in stated)
    told = [found for found in read if found]
    return [one for found in told for one in found] if len(told) >= least else []


def run_in(sheet: Sheet, row: int) -> tuple[list[tuple[str, Mention]], Sense | None]:
    """The results in the label of a row that lost its columns, and what the label's end says of its value.

    Without results there, and for a label that ends with one, that is nothing.
    """
    label = sheet.grid.at(row, 0)
    if label is None or not _STATEMENT_AND_MORE.match(sheet.labels.words(label)):
        return [], None
    words = sheet.labels.words(label)
    told = list(_results(sheet, words, label.start))
    end = max((m.end for _, m in told), default=label.end) - label.start
    name = sheet.labels.told(words[end:].strip(" ,;"), label.start + end)
    return (told, name) if name.names_measure else ([], None)


def _results(sheet: Sheet, words: str, start: int) -> Iterator[tuple[str, Mention]]:
    """What words tell, where their first are a result's; `start` is their offset."""
    view = View(words)
    component: Any
    for fact, reader in registry.table_readers().items():
        if not reader.measures:
            continue
        component = registry.component(fact.component)
        mentions = [m for m in component.find(view) if m.context.about_patient]
        if mentions and not words[: min(m.start for m in mentions)].strip():
            for mention in mentions:
                yield fact.component, moved(mention, start, sheet.about.time)
