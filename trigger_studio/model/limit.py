"""Limits that an admin sets: how much may start in a time, and how much may fail before a rule is paused."""

from __future__ import annotations

from trigger_studio.frozen import frozen
from trigger_studio.model.counting import count_english

KINDS = {"firings": "firings", "gpu_hours": "GPU-hours", "failures": "failed firings"}
"""What can be limited, and its name for people. `failures` pauses a rule; the others hold what would go over them."""
ONE = {"firings": "firing", "gpu_hours": "GPU-hour", "failures": "failed firing"}


@frozen
class Limit:
    """At most `amount` of `kind` within any `window_s`.

    Attributes:
        scope: ``all``, ``project`` or ``rule``; of failures each rule in the scope is counted for itself.
        target: id of the project or rule, empty for ``all``.
        window_s: seconds of the engine's clock.
    """

    scope: str
    target: str
    kind: str
    amount: float
    window_s: float

    @property
    def of(self) -> str:
        """What is limited, in words."""
        return "everything" if self.scope == "all" else f"{self.scope} {self.target}"

    @property
    def measure(self) -> str:
        """How much of what, for the log: ``60 firings``, ``1 GPU-hour``."""
        return count_english(self.amount, ONE[self.kind])

    def since(self, now_s: float) -> float:
        """When the window began that ends now: in whole milliseconds, as clocks go, so that no rounding decides."""
        return round(now_s - self.window_s, 3)

    def covers(self, project: str | None, rule_id: str) -> bool:
        """Whether a firing of that rule in that project is within the scope."""
        if self.scope == "all":
            return True
        return self.target == (rule_id if self.scope == "rule" else project)
