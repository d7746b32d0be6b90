"""Values: small objects of which a paper makes hundreds, and which nobody changes once they are made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as fixed
else:

    def fixed(*, frozen: bool = True, eq: bool = True, **options: Any) -> Callable[[type], type]:
        """`dataclasses.dataclass`, of which `frozen` is for the type checker alone (`make lint`).

        It finds every assignment; Python's own watch would make an object take three times as long to make,
        and a paper a fourteenth more. Equal values have one hash, as frozen ones have.
        """
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
