"""The fictional paper in every format, for all tests of readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pipeline.readers.fictional import WRITERS, Fictional, W, zipped


@pytest.fixture(scope="session")
def paper() -> Fictional:
    return Fictional()


@pytest.fixture(scope="session")
def typeset(paper: Fictional) -> dict[str, bytes]:
    """The paper as bytes in each format."""
    return {name: write(paper) for name, write in WRITERS.items()}


@pytest.fixture(scope="session")
def docx_of() -> Callable[[str], bytes]:
    """A DOCX file from the inner XML of its body."""

    def build(body: str, styles: str = "") -> bytes:
        return zipped({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
                       "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'})

    return build
