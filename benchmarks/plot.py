"""Draws how costs grow with the number of visits: both axes logarithmic, as SVG without any library."""

import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 440, 60, 20, 20, 50
_SINGLE, _BULK, _MISSED = "#1f5f99", "#8a8a8a", "#c0392b"

#: Name, points (visits, milliseconds), whether it is about all visits at once, whether it keeps its bound.
Line = tuple[str, Mapping[int, float], bool, bool]


def growth_plot(lines: Sequence[Line]) -> str:
    """Every act as a line: of a single visit blue, of all at once grey, what misses its bound red and named."""
    sizes = sorted({size for _name, points, *_rest in lines for size in points})
    costs = [cost for _name, points, *_rest in lines for cost in points.values()]
    across = _Axis(min(sizes), max(sizes), _LEFT, _WIDTH - _RIGHT)
    up = _Axis(10 ** math.floor(math.log10(min(costs))), max(costs), _HEIGHT - _BOTTOM, _TOP)
    drawn = [_line(one, across, up) for one in lines]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            *_grid(sizes, across, up), *drawn,
            f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 8}" text-anchor="middle">visits</text>',
            f'<text text-anchor="middle" transform="translate(14 {_HEIGHT / 2}) rotate(-90)">CPU, ms</text>',
            "</svg>\n",
        ]
    )  # fmt: skip


class _Axis:
    """From a value to a place on the picture."""

    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self.low, self.high, self._first, self._last = low, high, first, last

    def place(self, value: float) -> float:
        """Where that value is."""
        part = math.log(value / self.low) / math.log(self.high / self.low) if self.high > self.low else 0
        return round(self._first + part * (self._last - self._first), 1)


def _grid(sizes: Sequence[int], across: _Axis, up: _Axis) -> list[str]:
    found = []
    for size in sizes:
        x = across.place(size)
        found.append(f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{_HEIGHT - _BOTTOM}" stroke="#eee"/>')
        found.append(f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{size:,}</text>')
    cost = up.low
    while cost <= up.high:
        y = up.place(cost)
        found.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="#eee"/>')
        found.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{cost:g}</text>')
        cost *= 10
    return found


def _line(line: Line, across: _Axis, up: _Axis) -> str:
    name, points, bulk, reached = line
    colour = (_BULK if bulk else _SINGLE) if reached else _MISSED
    places = [(across.place(size), up.place(cost)) for size, cost in sorted(points.items())]
    drawn = " ".join(f"{x},{y}" for x, y in places)
    x, y = places[-1]
    named = "" if reached else f'<text x="{x - 4}" y="{y - 4}" text-anchor="end" fill="{colour}">{escape(name)}</text>'
    told = f"<title>{escape(name)}</title>"
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="1.5">{told}</polyline>{named}'
