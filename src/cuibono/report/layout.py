"""Where the nodes of a map stand: stress majorisation, then boxes moved apart.

The same model gives the same picture: nothing is drawn at random.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 120
FAR = 1.6
"""How much further than their own distance parts without a path are kept."""


def map_layout(
    n: int, edges: list[tuple[int, int]], width: Floats, height: Floats
) -> Floats:
    """Centres (n, 2) of boxes of the given width and height (n,), none overlapping.

    Distances on the page follow distances in the graph (edges taken both ways).

    References
    ----------
    Gansner, Koren and North (2004), Graph drawing by stress majorization.
    """
    if n == 0:
        return np.zeros((0, 2))
    if n == 1:
        return np.zeros((1, 2))
    wanted = _distances(n, edges)
    place = _majorised(wanted, _start(wanted))
    step = 2.2 * float(np.mean(np.hypot(width, height)))
    place = place * step
    place[:, 1] *= 0.62
    place = _apart(place, width + 26.0, height + 22.0)
    place = _off_lines(place, edges, width, height)
    place = _apart(place, width + 26.0, height + 22.0)
    return np.asarray(place - place.mean(axis=0))


def _distances(n: int, edges: list[tuple[int, int]]) -> Floats:
    """Distances along edges; parts that nothing links stand a little further off."""
    far = np.full((n, n), np.inf)
    np.fill_diagonal(far, 0.0)
    for i, j in edges:
        if i != j:
            far[i, j] = far[j, i] = 1.0
    for k in range(n):
        far = np.minimum(far, far[:, k : k + 1] + far[k : k + 1, :])
    reached = far[np.isfinite(far)]
    far[~np.isfinite(far)] = FAR * max(2.0, float(reached.max()) * 0.6)
    return far


def _start(wanted: Floats) -> Floats:
    """First places by classical scaling of the distances."""
    n = len(wanted)
    centre = np.eye(n) - 1.0 / n
    gram = -0.5 * centre @ (wanted**2) @ centre
    values, vectors = np.linalg.eigh(gram)
    place = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    # The signs of eigenvectors are arbitrary: fix them, so that pictures repeat.
    for axis in (0, 1):
        lead = int(np.argmax(np.abs(place[:, axis]).round(9)))
        if place[lead, axis] < 0:
            place[:, axis] *= -1
    turn = np.arange(n) * 2.399963
    nudge = np.column_stack([np.cos(turn), np.sin(turn)]) * 0.05
    return np.asarray(place[:, ::-1] + nudge)


def _majorised(wanted: Floats, place: Floats) -> Floats:
    """Places whose distances follow the wanted ones (stress with weights 1/d^2)."""
    n = len(wanted)
    off = ~np.eye(n, dtype=np.bool_)
    weight = np.zeros((n, n))
    weight[off] = wanted[off] ** -2.0
    total = weight.sum(axis=1)
    for _ in range(ROUNDS):
        gap = place[:, None, :] - place[None, :, :]
        length = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-9)
        pull = (weight * wanted / length)[:, :, None] * gap
        place = ((weight @ place) + pull.sum(axis=1)) / total[:, None]
    return place


def _apart(place: Floats, width: Floats, height: Floats) -> Floats:
    """Places moved until no two boxes overlap, each time along the shorter way out."""
    place = place.copy()
    n = len(place)
    for _ in range(400):
        gap = place[:, None, :] - place[None, :, :]
        over_x = (width[:, None] + width[None, :]) / 2 - np.abs(gap[:, :, 0])
        over_y = (height[:, None] + height[None, :]) / 2 - np.abs(gap[:, :, 1])
        hit = (over_x > 0.01) & (over_y > 0.01) & ~np.eye(n, dtype=np.bool_)
        if not hit.any():
            break
        side = np.sign(gap) + (gap == 0) * np.sign(
            np.arange(n)[:, None, None] - np.arange(n)[None, :, None]
        )
        along_x = hit & (over_x <= over_y)
        along_y = hit & ~along_x
        move_x = (along_x * over_x * side[:, :, 0]).sum(axis=1)
        move_y = (along_y * over_y * side[:, :, 1]).sum(axis=1)
        count = np.maximum(1, hit.sum(axis=1))
        place[:, 0] += 0.55 * move_x / np.sqrt(count)
        place[:, 1] += 0.55 * move_y / np.sqrt(count)
    return place


def _off_lines(
    place: Floats, edges: list[tuple[int, int]], width: Floats, height: Floats
) -> Floats:
    """Places moved off the lines that would pass behind a box that is not an end."""
    place = place.copy()
    room = 0.5 * np.minimum(width, 2.2 * height) + 8.0
    for _ in range(60):
        moved = np.zeros_like(place)
        for i, j in edges:
            if i == j:
                continue
            line = place[j] - place[i]
            length2 = float(line @ line)
            if length2 < 1.0:
                continue
            to = place - place[i]
            share = np.clip((to @ line) / length2, 0.0, 1.0)
            off = to - share[:, None] * line
            dist = np.sqrt((off**2).sum(axis=1))
            near = (dist < room) & (share > 0.08) & (share < 0.92)
            near[[i, j]] = False
            normal = np.array([-line[1], line[0]]) / np.sqrt(length2)
            for k in np.flatnonzero(near):
                way = off[k] / dist[k] if dist[k] > 1e-6 else normal
                moved[k] += way * (room[k] - dist[k]) * 0.35
        if not moved.any():
            break
        place += np.clip(moved, -14.0, 14.0)
    return place
