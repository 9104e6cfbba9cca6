"""Links that can never start anything although the event fits: their rules are off, or allow no firing that deep.

An event from outside has depth 0, so what a rule fires on it has depth 1, and what follows by itself 2 or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trigger_studio.model.i18n import N_
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule

FOLLOWING: Final = 2
"""The least depth of a firing that another one caused."""

SOURCE_OFF: Final = N_("the rule that raises it is disabled")
TARGET_OFF: Final = N_("the rule it leads to is disabled")
TOO_DEEP: Final = N_("the rule it leads to fires at no depth over 1")


@dataclass(frozen=True)
class Idle:
    """The rules of a graph that something keeps from starting, or from being started.

    Attributes:
        off: those that are disabled.
        shallow: those that fire on nothing that another firing raised.
    """

    off: frozenset[str] = frozenset()
    shallow: frozenset[str] = frozenset()

    def after(self, gone: Iterable[str], come: Iterable[Rule], profile: Profile) -> Idle:
        """The same once rules have gone, or come, or changed; itself if that makes no difference."""
        come = list(come)
        left = {*gone, *(rule.id for rule in come)}
        off = (self.off - left) | {rule.id for rule in come if not rule.enabled}
        most = profile.limits.max_depth
        shallow = (self.shallow - left) | {rule.id for rule in come if min(rule.max_depth, most) < FOLLOWING}
        return self if (off, shallow) == (self.off, self.shallow) else Idle(off, shallow)

    def differing(self, other: Idle) -> frozenset[str]:
        """The rules that only one of the two names."""
        return (self.off ^ other.off) | (self.shallow ^ other.shallow)

    def leaving(self, source: str) -> str:
        """Why nothing that a rule raises starts anything; "" if it may."""
        return SOURCE_OFF if source in self.off else ""

    def arriving(self, target: str, automated: bool) -> str:
        """Why no such event starts a rule; "" if it may. A person's event is at depth 0, whatever came before."""
        if target in self.off:
            return TARGET_OFF
        return TOO_DEEP if automated and target in self.shallow else ""
