"""Why a row needs a look: the closed list of reasons that stand in the column `check`."""

from __future__ import annotations

from typing import Final

IMPLAUSIBLE: Final = "implausible value"
NO_UNIT: Final = "unit missing"
ODD_UNIT: Final = "odd unit"
AGAINST_RANGE: Final = "flag against range"
TWO_VALUES: Final = "two values"
COUNT: Final = "count differs"
TABLE: Final = "table in parts"

#: Each reason and what it means, in the order in which they are told.
REASONS: dict[str, str] = {
    IMPLAUSIBLE: "a value that no patient can have, or parts of a row that contradict each other",
    NO_UNIT: "a number of something that has a unit, without one",
    ODD_UNIT: "a unit in which this is not measured",
    AGAINST_RANGE: "called low, normal or high although the range printed beside it says otherwise",
    TWO_VALUES: "another row has another value of the same measure at the same time",
    COUNT: "the text counts more fractures than were found",
    TABLE: "read from a table that goes on in another column or on another page",
}
#: What stands between two reasons of one row.
BETWEEN = "; "
