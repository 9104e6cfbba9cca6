"""Rules of one component in layers: cycles broken, crossings lessened, causes and effects at one height."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from trigger_studio.analysis.layout.sizes import BLOCK_GAP, GRID, Size

_SWEEPS = 4


def layered(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Items 0..count-1 in layers: every link but those closing a cycle goes to a later one; few crossings."""
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for source, target in _acyclic(count, links):
        after[source].append(target)
        before[target].append(source)
    rank = _ranks(count, after, before)
    layers: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for item in range(count):
        layers[rank[item]].append(item)
    _order(layers, before, after)
    return layers


def _acyclic(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The links without those that lead back to an item still open in a depth-first walk from the causes."""
    after: list[list[int]] = [[] for _ in range(count)]
    caused = [False] * count
    for source, target in links:
        if source != target:
            after[source].append(target)
            caused[target] = True
    kept: list[tuple[int, int]] = []
    state = [0] * count  # 0 unseen, 1 open, 2 done
    for root in sorted(range(count), key=caused.__getitem__):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            source, targets = stack[-1]
            for target in targets:
                if state[target] != 1:
                    kept.append((source, target))
                if not state[target]:
                    state[target] = 1
                    stack.append((target, iter(after[target])))
                    break
            else:
                state[source] = 2
                stack.pop()
    return kept


def _ranks(count: int, after: list[list[int]], before: list[list[int]]) -> list[int]:
    """Longest path from the causes; an item without causes moves right, next to what it causes."""
    rank = [0] * count
    waiting = [len(causes) for causes in before]
    ready = [item for item in range(count) if not waiting[item]]
    for item in ready:
        for target in after[item]:
            rank[target] = max(rank[target], rank[item] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for item in range(count):
        if not before[item] and after[item]:
            rank[item] = min(rank[target] for target in after[item]) - 1
    return rank


def _order(layers: list[list[int]], before: list[list[int]], after: list[list[int]]) -> None:
    """Barycentre sweeps to and fro; ties keep the order they had."""
    spot = {item: float(index) for layer in layers for index, item in enumerate(layer)}
    for sweep in range(_SWEEPS if len(layers) > 1 and max(map(len, layers)) > 1 else 0):
        forth = sweep % 2 == 0
        near = before if forth else after
        for layer in layers if forth else reversed(layers):
            centre = {i: sum(spot[n] for n in near[i]) / len(near[i]) if near[i] else spot[i] for i in layer}
            layer.sort(key=centre.__getitem__)
            spot.update((item, float(index)) for index, item in enumerate(layer))


def heights(layers: list[list[int]], links: Sequence[tuple[int, int]], sizes: Sequence[Size]) -> list[float]:
    """Top of each item: near the mean of its neighbours, never overlapping, the order of the layers kept."""
    near: list[list[int]] = [[] for _ in sizes]
    for source, target in links:
        if source != target:
            near[source].append(target)
            near[target].append(source)
    middle = [0.0] * len(sizes)
    for layer in layers:
        at = 0.0
        for item in layer:
            middle[item] = at + sizes[item].height / 2
            at += sizes[item].height + BLOCK_GAP
    for layer in (*layers[1:], *reversed(layers[:-1]), *layers[1:]) if len(layers) > 1 else ():
        wanted = [sum(middle[n] for n in near[i]) / len(near[i]) if near[i] else middle[i] for i in layer]
        for item, at in zip(layer, _apart(layer, wanted, sizes), strict=True):
            middle[item] = at
    tops = [at - size.height / 2 for at, size in zip(middle, sizes, strict=True)]
    least = min(tops, default=0.0)
    return [_on_grid(top - least) for top in tops]


def _on_grid(value: float) -> float:
    return float(round(value / GRID) * GRID)


def _apart(layer: list[int], wanted: list[float], sizes: Sequence[Size]) -> list[float]:
    """The middles nearest to those wanted (least squares) with room for every item: pool adjacent violators."""
    if len(layer) == 1:
        return wanted
    offsets = [0.0]
    for upper, lower in pairwise(layer):
        offsets.append(offsets[-1] + (sizes[upper].height + sizes[lower].height) / 2 + BLOCK_GAP)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, many = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / many:
            total, many = total + pools[-1][0], many + pools[-1][1]
            pools.pop()
        pools.append((total, many))
    bases = [total / many for total, many in pools for _ in range(many)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]
