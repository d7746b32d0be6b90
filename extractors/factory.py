"""Registers components under names with a dot, `casebook.<name>`.

`Language.factory` refuses a dot; the registry and the pipeline's configuration take one. The
entry point in pyproject.toml imports the module, whose import registers the component. A pipeline that is
saved to disk needs names without a dot: `nlp.add_pipe("casebook.x", name="x")`.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import FactoryMeta, Language
from spacy.tokens import Doc
from spacy.util import registry

Component = Callable[[Doc], Doc]
Factory = Callable[..., Component]


def register(name: str, factory: Factory) -> Factory:
    """Make `nlp.add_pipe("casebook.<name>")` build its component with `factory(nlp, name, **config)`."""
    full = f"casebook.{name}"
    registry.factories.register(full, func=factory)
    Language.set_factory_meta(full, FactoryMeta(factory=full, assigns=("doc.spans",)))
    return factory
