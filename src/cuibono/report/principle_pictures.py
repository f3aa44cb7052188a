"""The specification curve: every setting's coefficient against what chance gives."""

from markupsafe import Markup, escape

from cuibono.events.principle import Principle
from cuibono.report.principle_words import TERMS

_WIDTH, _PANEL, _TOP, _LEFT = 900.0, 150.0, 26.0, 60.0


def curve_picture(found: Principle, title: str) -> Markup:
    """One panel a rule: dot of each setting, bar of the band that chance gives.

    A dot outside its band is filled; inside, it is open. The bar is grey in colour and
    shape alike, so that nothing rests on hue.
    """
    points = found.curve
    if not points:
        return Markup("")
    height = _TOP + _PANEL * len(found.rules) + 110
    parts = [
        f'<svg class="curve" role="img" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" '
        f'width="{_WIDTH:.0f}" height="{height:.0f}" aria-label="{escape(title)}">'
    ]
    step = (_WIDTH - _LEFT - 20) / len(points)
    for at, rule in enumerate(found.rules):
        parts += _panel(found, at, rule.name, step)
    base = _TOP + _PANEL * len(found.rules)
    for k, point in enumerate(points):
        x = _LEFT + step * (k + 0.5)
        says = f"{point.half_life_days:g} d, terms {point.terms}"
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{base + 8:.1f}" text-anchor="end" '
            f'transform="rotate(-60 {x:.1f} {base + 8:.1f})">{escape(says)}</text>'
        )
    return Markup("".join([*parts, "</svg>"]))


def _panel(found: Principle, at: int, name: str, step: float) -> list[str]:
    """Panel of one rule."""
    points = found.curve
    reach = max(
        0.05,
        *(abs(p.values[at]) for p in points),
        *(abs(p.lows[at]) for p in points),
        *(abs(p.highs[at]) for p in points),
    )
    top = _TOP + _PANEL * at
    middle, tall = top + _PANEL / 2, _PANEL / 2 - 22

    def place(value: float) -> float:
        return middle - tall * value / reach

    parts = [
        f'<text class="name" x="{_LEFT}" y="{top + 10:.1f}">{escape(name)}</text>'
        f'<path class="axis" d="M{_LEFT} {middle:.1f}H{_WIDTH - 20}"/>'
        f'<text class="tick" x="{_LEFT - 6}" y="{middle + 4:.1f}" '
        f'text-anchor="end">0</text>'
        f'<text class="tick" x="{_LEFT - 6}" y="{place(reach) + 4:.1f}" '
        f'text-anchor="end">{reach:+.2f}</text>'
        f'<text class="tick" x="{_LEFT - 6}" y="{place(-reach) + 4:.1f}" '
        f'text-anchor="end">{-reach:+.2f}</text>'
    ]
    for k, point in enumerate(points):
        x = _LEFT + step * (k + 0.5)
        value, low, high = point.values[at], point.lows[at], point.highs[at]
        inside = low <= value <= high
        says = (
            f"{point.actors}, {point.half_life_days:g} days, "
            f"{TERMS.get(point.terms, point.terms)}: {value:+.2f}; chance gives "
            f"{low:+.2f} to {high:+.2f}"
        )
        parts.append(
            f"<g><title>{escape(says)}</title>"
            f'<rect class="null-bar" x="{x - 5:.1f}" y="{place(high):.1f}" width="10" '
            f'height="{max(1.0, place(low) - place(high)):.1f}"/>'
            f'<circle class="{"dot free" if inside else "dot"}" cx="{x:.1f}" '
            f'cy="{place(value):.1f}" r="4"/></g>'
        )
    return parts
