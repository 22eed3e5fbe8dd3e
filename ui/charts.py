"""Charts. Altair takes half a second to import and only reports need it: every function imports it when it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from lexis import LEVELS, Level

if TYPE_CHECKING:
    import altair as alt

TEAL = "#1d827b"
_ROW, _AXIS = 36, 36
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A range of levels with a name, and the same range in words."""

    name: str
    levels: tuple[Level, Level]
    label: str


def ranges(bars: Sequence[Bar]) -> "alt.Chart":
    """Return a chart with one range bar for each of `bars` on the scale from A1 to C2, in the order given."""
    import altair as alt  # noqa: PLC0415 - see the module's first line

    rows = [
        {
            "name": bar.name,
            "low": LEVELS.index(bar.levels[0]) + _HALF,
            "high": LEVELS.index(bar.levels[1]) + 1 + _HALF,
            "label": bar.label,
        }
        for bar in bars
    ]
    axis = alt.Axis(
        values=list(range(1, 7)), labelExpr="['A1','A2','B1','B2','C1','C2'][datum.value - 1]", grid=True, title=None, labelFontSize=13
    )
    x = alt.X("low:Q", scale=alt.Scale(domain=[_HALF, 6 + _HALF]), axis=axis)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=150, labelFontSize=13, ticks=False, domain=False))
    tips = [alt.Tooltip("name:N", title="What"), alt.Tooltip("label:N", title="Range")]
    chart: alt.Chart = alt.Chart(alt.InlineData(values=rows), background="transparent")
    chart = chart.mark_bar(color=TEAL, cornerRadius=6, height=16)
    chart = chart.encode(y=y, x=x, x2="high:Q", tooltip=tips)
    return chart.properties(height=_ROW * len(rows) + _AXIS)


def warm_up() -> None:
    """Draw a chart for nobody, so that the first report does not wait for the library."""
    ranges([Bar(name="", levels=("A1", "A1"), label="")]).to_dict()


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str) -> str:
    """Return a table as markup, folded away under `caption`: what a chart shows, for people who do not see it."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<details class="viva-fold"><summary>{escape(caption)}</summary><div class="viva-scroll"><table class="viva-table">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )
