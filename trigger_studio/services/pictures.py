"""What a picture of the chain graph shows, read in one go."""

from __future__ import annotations

from collections.abc import Mapping

from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.frozen import frozen
from trigger_studio.services import controls, positions, rule_registry
from trigger_studio.services.rule_registry import Standing
from trigger_studio.services.session import Session
from trigger_studio.storage import known
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.halts import Halt
from trigger_studio.storage.positions import Position

PICTURES = ("svg", "png", "pdf")


@frozen
class Scene:
    """The rules that engines follow, as a graph.

    Attributes:
        badges: what should be known about each rule, by rule id: ``halted``, ``needs approval``, ``disabled``.
        places: where people dragged cards to, by node id.
    """

    graph: ChainGraph
    badges: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Position]


def scene(session: Session, project: str | None = None) -> Scene:
    """The published rules as they stand; with a project, those that see its events.

    Raises:
        NotFound: neither the pipeline nor a rule names that project.
    """
    standing, halts = rule_registry.standing(session), controls.halts(session)
    if project is not None and project not in {item.rule.project for item in standing}:
        with session.database.read() as connection:
            known.check(fetcher(connection), "project", project)
    graph = chain_graph((item.rule for item in standing), session.profile, project)
    return Scene(graph, {item.rule.id: _badges(item, halts) for item in standing}, positions.read(session)[1])


def _badges(item: Standing, halts: list[Halt]) -> tuple[str, ...]:
    known = {
        "halted": any(halt.covers(item.rule) for halt in halts),
        "needs approval": item.approval == "needed",
        "disabled": not item.rule.enabled,
    }
    return tuple(name for name, holds in known.items() if holds)
