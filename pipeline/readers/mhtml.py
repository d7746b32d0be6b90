"""The page inside an MHTML archive, and what is wrong with the archive."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageDefect
from email.message import Message

from pipeline.caps import caps
from pipeline.errors import ReadError, warning

_HEAD = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PAGES = ("text/html", "application/xhtml+xml")
_DAMAGED = "the archive around the page is cut off or damaged"


def is_mhtml(data: bytes) -> bool:
    """Whether a file is a web page saved with its pictures in one archive."""
    return _HEAD.search(data[:4000]) is not None


def page_in(data: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """The largest HTML part, its declared character set ("" if none), and warnings.

    Raises ReadError E03 (parts inside parts without end), E06 (too many parts) and E12 (no page inside).
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(_parts(message))
    except RecursionError as error:
        raise ReadError("E03", "parts inside parts without end") from error
    pages = [(page, part.get_content_charset() or "")
             for part in parts if part.get_content_type() in _PAGES
             if isinstance(page := part.get_payload(decode=True), bytes)]
    if not pages:
        raise ReadError("E12", "an MHTML archive without a page")
    defects: list[MessageDefect] = [defect for part in parts for defect in part.defects]
    return *max(pages, key=lambda pair: len(pair[0])), (warning("E03", _DAMAGED),) if defects else ()


def _parts(message: Message) -> list[Message]:
    most = caps().archive_parts
    parts: list[Message] = []
    for part in message.walk():
        if len(parts) >= most:
            raise ReadError("E06", f"more than {most:,} parts")
        parts.append(part)
    return parts
