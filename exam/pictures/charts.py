"""Charts drawn from data, and the sentences that say the same.

On a phone a chart is about two fifths of its size: what is written in it is large enough to be read there.
"""

import math
from collections.abc import Sequence

from exam.pictures.models import Chart
from exam.pictures.svg import HEIGHT, WIDTH, Point, circle, colour, line, num, polygon, rect, tag, text

_COLOURS = ("teal", "orange", "dark_blue", "red", "gold", "purple", "green", "pink", "brown", "blue", "dark_green", "grey")
_LEFT, _RIGHT, _TOP, _BOTTOM = 84.0, 776.0, 100.0, 392.0
_TITLE, _LARGE, _MIDDLE = 26.0, 20.0, 19.0
_SMALLEST = 15.0
_LETTER, _BOLD_LETTER = 0.56, 0.6
"""How wide a letter is on average, as a part of the size."""
_CROWDED = 40.0


def draw_chart(chart: Chart) -> str:
    """Return the chart on a paper-coloured card, which looks the same on a light and on a dark page."""
    body = {"bars": _bars, "lines": _lines, "pie": _pie}[chart.kind](chart)
    return (
        rect(0, 0, WIDTH, HEIGHT, "white")
        + text(WIDTH / 2, 42, chart.title, size=_fitting(_TITLE, chart.title, 760, letter=_BOLD_LETTER), bold=True)
        + body
    )


def _fitting(size: float, words: str, room: float, *, letter: float = _LETTER) -> float:
    """Return the size, or the smaller one at which the words fit into so much room, but never one that nobody can read."""
    return round(max(_SMALLEST, min(size, room / (letter * max(len(words), 1)))), 1)


def _with_unit(value: float, unit: str) -> str:
    return f"{num(value)}{unit}" if unit in {"", "%"} else f"{num(value)} {unit}"


def describe_chart(chart: Chart) -> str:
    """Return the whole chart in words: what it is, and every value."""
    kinds = {"bars": "Bar chart", "lines": "Line chart", "pie": "Pie chart"}
    rows = []
    for row in chart.series:
        values = ", ".join(f"{label} {_with_unit(value, chart.unit)}" for label, value in zip(chart.labels, row.values, strict=True))
        rows.append(values if chart.kind == "pie" or len(chart.series) == 1 else f"{row.name}: {values}")
    measured = f" The numbers show {chart.y_title[0].lower()}{chart.y_title[1:]}." if chart.y_title else ""
    return f"{kinds[chart.kind]} with the title “{chart.title}”.{measured} {'. '.join(rows)}."


def _nice_top(highest: float) -> tuple[float, float]:
    """Return the axis' top and step: the first of 1, 2, 2.5 or 5 times a power of ten that needs at most six steps."""
    power = 10 ** math.floor(math.log10(highest))
    step = next(s * power / 10 for s in (1, 2, 2.5, 5, 10, 20, 25, 50, 100) if highest <= 6 * s * power / 10)
    return step * math.ceil(highest / step), step


def _axes(chart: Chart, top: float, step: float) -> str:
    steps = [step * index for index in range(round(top / step) + 1)]
    grid = "".join(line([(_LEFT, _height(v, top)), (_RIGHT, _height(v, top))], "light_grey", 1) for v in steps)
    marks = "".join(
        text(_LEFT - 10, _height(v, top) + 6, f"{num(v)}{chart.unit if chart.unit == '%' else ''}", size=_MIDDLE, anchor="end")
        for v in steps
    )
    above = text(_LEFT - 50, 76, chart.y_title, size=_MIDDLE, anchor="start", fill="dark_grey") if chart.y_title else ""
    below = text((_LEFT + _RIGHT) / 2, 455, chart.x_title, size=_MIDDLE, fill="dark_grey") if chart.x_title else ""
    return grid + marks + above + below + line([(_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)], "dark_grey", 1.5)


def _height(value: float, top: float) -> float:
    return _BOTTOM - value / top * (_BOTTOM - _TOP)


def _label(x: float, words: str, room: float) -> str:
    """Return a label below the axis, in two lines where it is wider than its room."""
    if " " not in words or len(words) * _LETTER * _MIDDLE <= room:
        return text(x, _BOTTOM + 23, words, size=_fitting(_MIDDLE, words, room))
    middle = min((i for i, c in enumerate(words) if c == " "), key=lambda i: abs(i - len(words) / 2))
    above, below = words[:middle], words[middle + 1 :]
    size = _fitting(_MIDDLE, max(above, below, key=len), room)
    return text(x, _BOTTOM + 21, above, size=size) + text(x, _BOTTOM + 41, below, size=size)


def _legend(names: Sequence[str]) -> str:
    if len(names) == 1:  # one row explains itself
        return ""
    size = _fitting(_LARGE, "".join(names), WIDTH - 48 - 54 * len(names))
    widths = [54 + _LETTER * size * len(name) for name in names]
    x = (WIDTH - sum(widths)) / 2
    parts = ""
    for index, (name, width) in enumerate(zip(names, widths, strict=True)):
        parts += rect(x, 467, 17, 17, _COLOURS[index], r=3) + text(x + 24, 482, name, size=size, anchor="start")
        x += width
    return parts


def _bars(chart: Chart) -> str:
    top, step = _nice_top(max(max(row.values) for row in chart.series))
    slot = (_RIGHT - _LEFT) / len(chart.labels)
    width = min(60.0, slot * 0.76 / len(chart.series))
    parts = _axes(chart, top, step)
    for index, label in enumerate(chart.labels):
        middle = _LEFT + slot * (index + 0.5)
        start = middle - width * len(chart.series) / 2
        for number, row in enumerate(chart.series):
            y = _height(row.values[index], top)
            parts += rect(start + number * width + 1, y, width - 2, _BOTTOM - y, _COLOURS[number], r=2)
            value = num(row.values[index])
            parts += text(start + (number + 0.5) * width, y - 6, value, size=_fitting(_MIDDLE, value, width + 2))
        parts += _label(middle, label, slot - 6)
    return parts + _legend([row.name for row in chart.series])


def _lines(chart: Chart) -> str:
    top, step = _nice_top(max(max(row.values) for row in chart.series))
    gap = (_RIGHT - _LEFT - 60) / (len(chart.labels) - 1)
    parts = _axes(chart, top, step)
    for number, row in enumerate(chart.series):
        points: list[Point] = [(_LEFT + 30 + gap * i, _height(value, top)) for i, value in enumerate(row.values)]
        parts += line(points, _COLOURS[number], 4)
        parts += "".join(circle(x, y, 6, _COLOURS[number]) for x, y in points)
    for index in range(len(chart.labels)):
        parts += _values_at(_LEFT + 30 + gap * index, [(_height(row.values[index], top), row.values[index]) for row in chart.series])
    parts += "".join(_label(_LEFT + 30 + gap * i, label, gap - 6) for i, label in enumerate(chart.labels))
    return parts + _legend([row.name for row in chart.series])


def _values_at(x: float, points: Sequence[Point]) -> str:
    """Return the numbers of the points above each other: above, unless the next point is too near; then beside or below."""
    parts = ""
    for index, (y, value) in enumerate(sorted(points)):
        crowded = index > 0 and y - sorted(points)[index - 1][0] < _CROWDED
        last = index == len(points) - 1
        paint = _COLOURS[list(points).index((y, value))] if len(points) > 1 else "black"
        if not crowded:
            at = (x, y - 13)
        elif last:
            at = (x, y + 26) if y + 26 < _BOTTOM else (x - 26, min(y + 17, _BOTTOM - 4))
        else:
            at = (x + 24, y + 6)
        parts += text(*at, num(value), size=_MIDDLE, fill=paint)
    return parts


def _pie(chart: Chart) -> str:
    values = chart.series[0].values
    total, angle, parts = sum(values), -math.pi / 2, ""
    middle, radius = (222.0, 272.0), 168.0
    for index, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        end = angle + 2 * math.pi * value / total
        if value == total:
            parts += circle(*middle, radius, _COLOURS[index])
        elif value:
            parts += _slice(middle, radius, angle, end, _COLOURS[index])
        y = 272 - 19 * len(values) + 38 * index + 24
        words = f"{label}: {_with_unit(value, chart.unit)}"
        parts += rect(428, y - 16, 20, 20, _COLOURS[index], r=3)
        parts += text(458, y, words, size=_fitting(_LARGE, words, WIDTH - 20 - 458), anchor="start")
        angle = end
    return parts


def _slice(middle: Point, radius: float, start: float, end: float, fill: str) -> str:
    points = [
        middle,
        *(
            (middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a))
            for a in (start + (end - start) * i / 40 for i in range(41))
        ),
    ]
    return polygon(points, fill) + tag(
        "polyline",
        points=" ".join(f"{num(x)},{num(y)}" for x, y in (points[1], middle, points[-1])),
        fill="none",
        stroke=colour("white"),
        stroke_width=2,
    )
