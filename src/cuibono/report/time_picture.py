"""The frustration index over time, with the bands of the nulls."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from cuibono.balance.series import Moment, Series
from cuibono.report.network_pictures import tick_values

_WIDTH, _HEIGHT = 960.0, 360.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 16.0, 16.0, 120.0
_SPREAD = 1.96
"""Half the width of a band in standard deviations: 95 % of a normal distribution."""


def time_picture(series: Series, title: str) -> Markup:
    """Index of each period as a line, open bars where it is only bounded, null bands."""
    moments = series.moments
    if not moments:
        return Markup("")
    ticks = tick_values(max(_top(moment) for moment in moments))
    scale = _Scale(len(moments), ticks[-1])
    head = (
        f'<svg class="timeline" role="img" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" '
        f'width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" aria-label="{escape(title)}">'
    )
    parts = [head]
    parts += [
        f'<path class="axis" d="M{_LEFT} {scale.y(tick):.1f}H{_WIDTH - _RIGHT}"/>'
        f'<text class="tick" x="{_LEFT - 6}" y="{scale.y(tick) + 4:.1f}" '
        f'text-anchor="end">{tick:g}</text>'
        for tick in ticks
    ]
    for turn, null in enumerate(moments[0].nulls):
        parts.append(_band(moments, turn, scale, null.name))
    line = "L".join(
        f"{scale.x(k):.1f} {scale.y(moment.index.upper):.1f}"
        for k, moment in enumerate(moments)
    )
    parts.append(f'<path class="series" d="M{line}"/>')
    parts += [_point(moment, k, scale) for k, moment in enumerate(moments)]
    parts += _labels(moments, scale)
    return Markup("".join([*parts, "</svg>"]))


class _Scale:
    """From periods and index to the picture."""

    def __init__(self, count: int, top: float) -> None:
        """Keep the extent."""
        self.count, self.top = count, top

    def x(self, at: int) -> float:
        """Place of a period."""
        wide = _WIDTH - _LEFT - _RIGHT
        return _LEFT + wide * (at + 0.5) / self.count

    def y(self, value: float) -> float:
        """Place of an index; what lies outside is drawn at the edge."""
        tall = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - tall * min(max(value / self.top, 0.0), 1.0)


def _top(moment: Moment) -> float:
    """Largest value of a period."""
    bands = [
        null.frustration.mean + _SPREAD * null.frustration.sd for null in moment.nulls
    ]
    return max([moment.index.upper, 1.0, *bands])


def _band(moments: Sequence[Moment], turn: int, scale: _Scale, name: str) -> str:
    """Where 95 % of the draws of a null lie, and their mean."""
    compared = [moment.nulls[turn].frustration for moment in moments]
    upper = [
        f"{scale.x(k):.1f} {scale.y(c.mean + _SPREAD * c.sd):.1f}"
        for k, c in enumerate(compared)
    ]
    lower = [
        f"{scale.x(k):.1f} {scale.y(c.mean - _SPREAD * c.sd):.1f}"
        for k, c in enumerate(compared)
    ]
    mean = [f"{scale.x(k):.1f} {scale.y(c.mean):.1f}" for k, c in enumerate(compared)]
    kind = f"null-{turn % 3}"
    return (
        f'<path class="band {kind}" d="M{"L".join([*upper, *lower[::-1]])}z"/>'
        f'<path class="mean {kind}" d="M{"L".join(mean)}"><title>mean under the null '
        f"{escape(name)}</title></path>"
        f'<text class="tick" x="{_WIDTH - _RIGHT:.1f}" text-anchor="end" '
        f'y="{scale.y(compared[-1].mean + _SPREAD * compared[-1].sd) - 5:.1f}">null '
        f"{escape(name)}</text>"
    )


def _point(moment: Moment, at: int, scale: _Scale) -> str:
    """Dot of a proven index, or an open bar from bound to bound."""
    x, low, high = (
        scale.x(at),
        scale.y(moment.index.lower),
        scale.y(moment.index.upper),
    )
    label = escape(moment.label)
    if moment.index.proved:
        says = f"{label}: {moment.index.upper:g}, proven"
        return (
            f'<circle class="dot" cx="{x:.1f}" cy="{high:.1f}" r="3.5">'
            f"<title>{says}</title></circle>"
        )
    says = f"{label}: between {moment.index.lower:g} and {moment.index.upper:g}"
    return (
        f'<path class="bounds" d="M{x - 4:.1f} {low:.1f}H{x + 4:.1f}M{x:.1f} {low:.1f}'
        f'V{high:.1f}M{x - 4:.1f} {high:.1f}H{x + 4:.1f}"><title>{says}</title></path>'
    )


def _labels(moments: Sequence[Moment], scale: _Scale) -> list[str]:
    """Names of periods, as many as fit, upwards."""
    every = max(1, -(-len(moments) // 40))
    y = _HEIGHT - _BOTTOM + 10
    return [
        f'<text class="tick" dir="auto" x="{scale.x(k) + 4:.1f}" y="{y:.1f}" '
        f'text-anchor="end" transform="rotate(-60 {scale.x(k) + 4:.1f} {y:.1f})">'
        f"{escape(moment.label[:24])}</text>"
        for k, moment in enumerate(moments)
        if k % every == 0
    ]
