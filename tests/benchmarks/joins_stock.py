"""What the benchmarks of joins share: a made workflow in the shape of the recorded Montage run, and scenes to join.

Every task is a job under one project. A task starts when all of its parents have completed: a join over the project's
jobs, with a filter on the task's name.
"""

from __future__ import annotations

import random
from typing import Any

from tests.support.engines import event
from trigger_studio.model.event_codec import EventIn
from trigger_studio.model.profile import Profile
from trigger_studio.model.profiles import parse_profile

PROJECT = "workflow"
LAST = 5  # the tasks of which there is one each
OVERLAPS = 3
"""Neighbours that an image overlaps with, about."""

DURATIONS_S = {
    "mproject": 16,
    "mdifffit": 1,
    "mconcatfit": 1,
    "mbgmodel": 1,
    "mbackground": 1,
    "mimgtbl": 1,
    "madd": 1,
    "mviewer": 1,
}


def profile(**attributes: Any) -> Profile:
    """The workflow's words."""
    return parse_profile(
        {
            "format": "trigger-studio-profile/1",
            "kinds": ["project", "character", "variant", "scene", "job", "qa", "concatenation", "delivery"],
            "attributes": {"task": {"type": "text"}, **attributes},
            "job_types": {name: {"duration_s": seconds} for name, seconds in DURATIONS_S.items()},
            "human": ["project.approved"],
        }
    )


def workflow(tasks: int, seed: int) -> dict[str, list[str]]:
    """The parents of every task.

    Args:
        tasks: how many; a fifth are images, three fifths compare two overlapping ones.
        seed: which images overlap.
    """
    dice = random.Random(seed)
    images = (tasks - LAST) // (OVERLAPS + 2)
    compared = tasks - LAST - 2 * images
    projected = [f"mproject-{number}" for number in range(images)]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < compared:
        first = dice.randrange(images - 1)
        second = min(images - 1, first + dice.randint(1, 2 * OVERLAPS))
        pairs.add((projected[first], projected[second]))
    parents: dict[str, list[str]] = {name: [] for name in projected}
    differences = {f"mdifffit-{number}": list(pair) for number, pair in enumerate(sorted(pairs))}
    backgrounds = {f"mbackground-{number}": ["mbgmodel", name] for number, name in enumerate(projected)}
    return {
        **parents,
        **differences,
        "mconcatfit": list(differences),
        "mbgmodel": ["mconcatfit"],
        **backgrounds,
        "mimgtbl": list(backgrounds),
        "madd": ["mimgtbl", *backgrounds],
        "mviewer": ["madd"],
    }


def rules(parents: dict[str, list[str]]) -> list[dict[str, Any]]:
    """One rule a task, that starts it when its parents have completed."""
    return [_rule(name, wanted) for name, wanted in parents.items()]


def _rule(name: str, wanted: list[str]) -> dict[str, Any]:
    job = {"type": "submit_job", "job_type": name.partition("-")[0], "params": {"task": name}}
    when: dict[str, Any] = {"event": "approved", "entity": "project"}
    if wanted:
        where = {"all": [{"field": "task", "op": "in", "value": wanted}]}
        every = {"entity": "job", "of": "project", "status": "completed", "min": len(wanted), "where": where}
        when = {"event": "completed", "entity": "job", "where": where, "every": every}
    return {"id": name, "project": PROJECT, "when": when, "actions": [job]}


def start() -> EventIn:
    """What begins the workflow."""
    return event("start", "approved", "project", PROJECT, project=PROJECT)
