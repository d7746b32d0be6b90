"""Every error a paper can cause: its code, and one plain sentence that says what to do.

The code goes into logs and tests, the sentence into the `message` column of documents.csv.
Nothing else in the project words an error of a paper of its own.
"""

from __future__ import annotations

from pathlib import Path

#: the one command that lets scanned pages be read, on Debian and Ubuntu
OCR_COMMAND = "sudo apt install tesseract-ocr"

#: code -> what is the matter and what to do about it
TEXTS: dict[str, str] = {
    "E01": "The file is empty; get it again.",
    "E02": "The file is no paper that can be read (binary data of an unknown kind); "
    "give a PDF, text, XML, HTML, DOCX, RIS or MEDLINE file.",
    "E03": "The file is broken or cut off; get it again.",
    "E04": "The file is encrypted with a password; save a copy without one.",
    "E05": "The file cannot be opened; check that it is a file and may be read.",
    "E06": "The file is too large for one paper; split it.",
    "E07": f"The pages are images without a text layer; install Tesseract ({OCR_COMMAND}) "
    "or give a text version.",
    "E08": "The fonts have no usable character map, so the text is unreadable; give another version.",
    "E09": "Reading took longer than the time limit; raise the limit or give a simpler version.",
    "E10": "Reading needed more memory than the limit; raise the limit or give a simpler version.",
    "E11": "The process that read the file died; try the file alone, then report it.",
    "E12": "The file is well-formed but holds no article or record; give the paper itself.",
    "E13": "An unexpected error in the program; report it with the file.",
    "E14": "The trained model cannot be used; follow the hint, or go without it (CASEBOOK_MODEL=none).",
    "E15": "The storage does not answer, or not in time; check the address and the network, then run again.",
}


class ReadError(Exception):
    """A file that cannot be read as a paper.

    `code` is a key of `TEXTS`; `detail` adds what the reader saw (a position, a library's words),
    on one line.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in TEXTS:
            raise ValueError(f"unknown error code {code!r}")
        self.code = code
        self.detail = " ".join(detail.split())
        super().__init__(code, detail)

    @property
    def message(self) -> str:
        """The sentence for the user, with the code in front and the detail behind."""
        tail = f" ({self.detail})" if self.detail else ""
        return f"{self.code}: {TEXTS[self.code]}{tail}"

    def __str__(self) -> str:
        return self.message


def warning(code: str, detail: str) -> str:
    """The sentence for a file that was read in part: the error it comes near to, and what was not read."""
    return ReadError(code, detail).message


class OutputError(Exception):
    """The output folder cannot be written; the text says where and why."""

    @classmethod
    def of(cls, error: OSError, place: Path) -> OutputError:
        """The same as an OSError says, in words for the user."""
        return cls(f"cannot write to {place}: {error.strerror or error}")
