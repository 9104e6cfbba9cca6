"""Rules laid out group by group: each group in a titled region of its own, the regions on shelves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.layout.packing import Need, Slot, pack
from trigger_studio.analysis.layout.sizes import Rect, Size

PAD: Final = 40
HEADER: Final = 72


class Region(NamedTuple):
    """Where the rules of one group stand."""

    name: str
    box: Rect


def named(graph: ChainGraph, groups: Mapping[str, str] | None) -> dict[str, str]:
    """The group of everything that has a place of its own: a hub goes with the first rule that it leads to."""
    if not groups:
        return {}
    blocks = graph.drawn_blocks
    found = {block.rule: groups.get(block.rule, "") for block in blocks}
    for source, target in graph.drawn_links:
        hub = blocks[source].rule
        if hub not in groups:
            found[hub] = found[hub] or found[blocks[target].rule]
    return found


def within(graph: ChainGraph, names: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    """The links that hold rules together: of grouped rules only those inside a group."""
    if not names:
        return graph.drawn_links
    group = [names[block.rule] for block in graph.drawn_blocks]
    return tuple(link for link in graph.drawn_links if group[link[0]] == group[link[1]])


def pack_groups(needs: Sequence[Need], names: Mapping[str, str]) -> tuple[list[Slot], tuple[Region, ...]]:
    """A slot for each component, and the region of each group."""
    groups: dict[str, list[int]] = {}
    for index, need in enumerate(needs):
        groups.setdefault(names[need.rules[0]], []).append(index)
    order = sorted(groups)
    inside = {name: pack([needs[index] for index in groups[name]], (), {}) for name in order}
    wide = {name: max(slot.x + slot.width for slot in inside[name]) + 2 * PAD for name in order}
    tall = {name: max(slot.y + slot.height for slot in inside[name]) + HEADER + PAD for name in order}
    corners = pack([Need((name,), Size(wide[name], tall[name])) for name in order], (), {})
    slots: dict[int, Slot] = {}
    for name, corner in zip(order, corners, strict=True):
        for index, slot in zip(groups[name], inside[name], strict=True):
            slots[index] = slot._replace(x=slot.x + corner.x + PAD, y=slot.y + corner.y + HEADER)
    regions = (
        Region(name, Rect(corner.x, corner.y, wide[name], tall[name]))
        for name, corner in zip(order, corners, strict=True)
    )
    return [slots[index] for index in range(len(needs))], tuple(regions)
