"""Searches a door for inputs that break what must hold, and makes what it finds small."""

from __future__ import annotations

import re
from collections import Counter

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.cases import Case, Grounds
from tests.fuzz.doors import Door


class Found(AssertionError):
    """An input that breaks what must hold."""


class Search:
    """Searches, and remembers.

    Args:
        grounds: where cases are run.
        keep: put what is found into the corpus.

    Attributes:
        counts: inputs by door. found: by what was wrong, the smallest case.
    """

    def __init__(self, grounds: Grounds, *, keep: bool = False) -> None:
        self._grounds, self._keep = grounds, keep
        self.counts: Counter[str] = Counter()
        self.found: dict[str, Case] = {}

    def look(self, door: Door, inputs: int, seed: int) -> None:
        """Try so many inputs of a door; the same seed draws the same ones."""
        last: list[tuple[str, Case]] = []

        @hypothesis.seed(seed)
        @settings(
            max_examples=inputs, database=None, deadline=None, print_blob=False, report_multiple_bugs=False,
            phases=(Phase.generate, Phase.target, Phase.shrink), suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(door.draw)
        def attempt(case: Case) -> None:
            self.counts[door.name] += 1
            wrong = [fault for fault in self._grounds.run(case) if alike(fault) not in self.found]
            if wrong:
                last[:] = [(wrong[0], case)]
                raise Found(alike(wrong[0]))

        try:
            attempt()
        except (Found, hypothesis.errors.Flaky) as found:
            if not last:  # nothing was wrong, but what was drawn cannot be drawn again
                print(f"{door.name}, seed {seed}: given up, {type(found).__name__}", flush=True)
                return
            fault, case = last[0]
            self.found[alike(fault)] = case
            where = f", kept in {case.keep().name}" if self._keep else ""
            print(f"{door.name}, seed {seed}: {fault}{where}", flush=True)


def alike(fault: str) -> str:
    """What makes two faults the same one: numbers and quoted words aside."""
    return re.sub(r"\d+|'[^']*'|\"[^\"]*\"", "#", fault.split(": ", 1)[-1])
