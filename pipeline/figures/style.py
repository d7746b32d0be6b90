"""How all pictures look: colours that the colour-blind tell apart, the size of a journal's page, fixed bytes.

The colours are those of Okabe and Ito (2008, jfly.uni-koeln.de/color), two of them darker for print. Marks
differ in shape as well. matplotlib is imported when a picture is drawn, not before.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

P = ParamSpec("P")

#: name -> the colour on white paper and on a dark page
PALETTE = {
    "ground": ("#ffffff", "#1e2226"),
    "ink": ("#1b1d1f", "#e7e8e8"),
    "quiet": ("#62676b", "#a4abb0"),
    "rule": ("#d5d8da", "#3c4348"),
    "band": ("#eceff1", "#2b3136"),
    "blue": ("#0072b2", "#4aa8e0"),
    "orange": ("#d55e00", "#f58a3c"),
    "green": ("#009e73", "#2fc79a"),
    "pink": ("#b5548c", "#dc8fbb"),
    "yellow": ("#c98a00", "#f0b93a"),
    "sky": ("#7fb9d9", "#7fb9d9"),
}
INK, QUIET, RULE, BAND, GROUND = (PALETTE[name][0] for name in ("ink", "quiet", "rule", "band", "ground"))
BLUE, ORANGE, GREEN, PINK, YELLOW, SKY = (
    PALETTE[name][0] for name in ("blue", "orange", "green", "pink", "yellow", "sky")
)
#: inches: a journal's page across two columns (183 mm), and one column (89 mm)
WIDE, NARROW = 7.2, 3.5
#: dots per inch of the PNG files, as journals ask for
DPI = 300
_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
    "figure.facecolor": GROUND,
    "axes.facecolor": "none",
    "savefig.facecolor": GROUND,
    "figure.dpi": 100,
    "svg.fonttype": "path",
    "svg.hashsalt": "casebook",
    "path.simplify": False,
    "text.parse_math": False,
}
#: matplotlib's settings are the process's: one picture is drawn or written at a time
_ONE = RLock()


class NothingToShow(ValueError):
    """The rows hold nothing that the picture could show; the text says what is missing."""


@contextmanager
def styled() -> Iterator[None]:
    """Draw and write in the style of this module, whatever the user's own settings are."""
    import matplotlib.style  # noqa: PLC0415

    with _ONE, warnings.catch_warnings(), matplotlib.style.context(["default", _STYLE]):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # it is drawn as a box
        yield


def sheet(width: float, height: float) -> Figure:
    """An empty figure, in inches. It belongs to no window and to no list of figures."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    return Figure(figsize=(width, height), layout="constrained")


def picture(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """The function, drawing in the style of this module; its figures have settled, to be written alike."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with styled():
            figure = draw(*args, **kwargs)
            shown, figure.dpi = figure.dpi, DPI  # words are wider there than on a screen
            for _ in range(2 if figure.get_layout_engine() else 0):  # first the words, then the room for them
                figure.draw_without_rendering()
            figure.dpi = shown
            figure.set_layout_engine("none")
        return figure

    return drawn


def without_frame(axes: Axes, keep: tuple[str, ...] = ()) -> None:
    """Take an axes' lines and ticks away, but for the sides in `keep`."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
    axes.tick_params(length=0)


def spread(values: Sequence[float], near: float, step: float, most: float) -> list[float]:
    """Where to put marks of ascending values sideways, so that those within `near` stand `step` apart.

    None is further than `most` from the middle.
    """
    places: list[float] = []
    run: list[int] = []
    for at, value in enumerate(values):
        if run and value - values[run[0]] > near:
            run = []
        run.append(at)
        places.append(0.0)
        shift = min(step, 2 * most / max(len(run) - 1, 1))
        for order, which in enumerate(run):
            places[which] = (order - (len(run) - 1) / 2) * shift
    return places


def svg(figure: Figure) -> str:
    """The figure as SVG: the same figure gives the same text."""
    return _written(figure, "svg", {"Date": None, "Creator": None}).decode()


def png(figure: Figure) -> bytes:
    """The figure as PNG with `DPI` dots per inch."""
    return _written(figure, "png", {"Software": None})


def _written(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    place = io.BytesIO()
    with styled():
        figure.savefig(place, format=kind, dpi=DPI, metadata=metadata)
    return place.getvalue()


_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


def for_page(picture: str) -> str:
    """An SVG of this package whose colours follow the page's light or dark."""
    names = {light: name for name, (light, _) in PALETTE.items()}
    light = ";".join(f"--{name}:{pair[0]}" for name, pair in PALETTE.items())
    dark = ";".join(f"--{name}:{pair[1]}" for name, pair in PALETTE.items())
    style = f"<style>:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"

    def named(match: re.Match[str]) -> str:
        name = names.get(match[0])
        return f"var(--{name})" if name else match[0]

    head, mark, body = picture.partition("<defs>")
    return head + style + mark + _COLOUR.sub(named, body)
