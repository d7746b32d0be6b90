"""How much of anything one file may hold: a bomb or a data dump ends in an error, not in a full memory."""

from __future__ import annotations

#: bytes of one file after decompression
MAX_EXPANDED = 300_000_000
#: how many times larger than its compressed form a file may become; prose reaches 5, tables 20
MAX_RATIO = 200
#: below this size no ratio is suspicious
MIN_SUSPICIOUS = 10_000_000
#: bytes of one XML or HTML file, whose tree needs about ten times as much memory
MAX_MARKUP = 100_000_000
#: elements inside elements in XML; journal articles reach 30
MAX_XML_DEPTH = 200
#: the same in HTML, where tags that nobody closes pile up; what lies deeper is read as plain text
MAX_HTML_DEPTH = 200
#: records in one file of references
MAX_RECORDS = 50_000
#: rows and columns that one cell may span, and cells of one table
MAX_SPAN = 200
MAX_TABLE_CELLS = 50_000
#: parts of a DOCX or MHTML file
MAX_PARTS = 5_000
