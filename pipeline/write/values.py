"""How a value is written in a CSV cell."""

from __future__ import annotations

import math
from typing import Any


def cell(value: Any) -> str:
    """A value as printed in a table: no trailing zeros, nothing for what is not reported."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".10g")
    return str(value)
