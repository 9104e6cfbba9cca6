"""Rules in plain English: the sentence above the form, the labels on the canvas and the command line's lists."""

from __future__ import annotations

from collections.abc import Sequence

from trigger_studio.analysis.wording.sentence import Teller, text_of, whose
from trigger_studio.analysis.wording.vocabulary import (
    compared,
    have_status,
    host,
    listed,
    many,
    plain,
    title,
    value_text,
)
from trigger_studio.model.i18n import decimal, tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import (
    Action,
    Branch,
    CallWebhook,
    Gate,
    JobAction,
    Join,
    Parallel,
    Rule,
    SendNotification,
    SetStatus,
    SubmitJob,
    Test,
    When,
)

__all__ = [
    "action_label", "action_text", "actions_text", "again_text", "clause", "compared", "event_label", "have_status",
    "host", "join_text", "listed", "many", "plain", "scope_text", "sentence", "title", "value_text", "when_text",
]  # fmt: skip


def clause(test: Test, profile: Profile) -> str:
    """A condition or group as one clause: ``resolution tier is at least 1080p``."""
    return text_of(Teller(profile).test(test, ""))


def join_text(join: Join, profile: Profile) -> str:
    """``once all scenes of the same character are approved, at least 9``."""
    return text_of(Teller(profile).join(vars(join)))


def event_label(event: str, entity: str) -> str:
    """The event as a short title: ``Variant approved``."""
    return title(f"{plain(entity)} {plain(event)}")


def scope_text(when: When, project: str | None = None) -> str:
    """Whose events: ``of mira or leo``, ``of any character``, ``in aurora``; empty for every one there is."""
    return text_of(whose(vars(when), project)).strip()


def when_text(rule: Rule, profile: Profile) -> str:
    """``any variant of mira is approved and resolution tier is at least 1080p``."""
    return text_of(Teller(profile).when(vars(rule.when), rule.project))


def action_text(action: Action, profile: Profile) -> str:
    """What an action does, lower case, to stand inside a sentence."""
    return actions_text((action,), profile)


def actions_text(actions: Sequence[Action], profile: Profile) -> str:
    """Actions one after the other; ``nothing`` for none."""
    return text_of(Teller(profile).actions(actions, "actions"))


def sentence(rule: Rule, profile: Profile) -> str:
    """The whole rule: ``When any variant of mira is approved → scene generation``."""
    return text_of(Teller(profile).rule(vars(rule)))


def again_text(entity: str, of: str | None = None, members: str = "") -> str:
    """When a rule fires again, as whole sentences.

    Args:
        of: the parent of its join, if it has one; `members`: the kind that the join waits for.
    """
    if of is None:
        return tr(
            "It fires anew each time such an event comes in, also for the same {0}. "
            "One and the same event never fires it twice.",
            plain(entity),
        )
    return tr(
        "It fires once for each {0} when all are there. It fires again only after something changed: "
        "one of the {1} was added, or was taken back and brought to that status anew. "
        "The same again fires nothing.",
        plain(of),
        many(members),
    )


def action_label(action: Action, profile: Profile) -> tuple[str, str]:
    """Title and subtitle of an action's card."""
    # The commonest first: asking a pydantic model for its class is slow when the answer is no.
    if isinstance(action, SubmitJob):
        return title(plain(action.job_type)), _job_note(tr("Job"), action, action.job_type, profile)
    if isinstance(action, JobAction):
        job_type = profile.actions.get(action.type, "")
        return title(plain(action.type)), _job_note(tr("{0} job", title(plain(job_type))), action, job_type, profile)
    if isinstance(action, SendNotification):
        return tr("Notify by {0}", plain(action.channel)), listed(action.to, "and")
    if isinstance(action, CallWebhook):
        return f"{action.method} {host(action.url)}", "Webhook"
    if isinstance(action, SetStatus):
        return tr("Set {0}", plain(action.status)), tr("Status")
    if isinstance(action, Gate):
        limit = tr("within {0}", action.timeout) if action.timeout else tr("a person decides")
        return tr("Gate: {0}", plain(action.approvers)), action.message or title(limit)
    if isinstance(action, Branch):
        return title(clause(action.if_, profile)) + "?", tr("Branch")
    at_once = isinstance(action, Parallel)
    return (tr("All at once"), tr("Parallel")) if at_once else (tr("One by one"), tr("Sequence"))


def _job_note(what: str, action: SubmitJob | JobAction, job_type: str, profile: Profile) -> str:
    """What tells this job from others of its type: up to two literal parameters, names of entities first."""
    literal = {n: v for n, v in action.params.items() if isinstance(v, str | int | float) and "{{" not in str(v)}
    chosen = sorted(literal, key=lambda name: not name.endswith("_id"))[:2]
    known = profile.job_types.get(job_type)
    hours = [tr("{0} GPU-h", decimal(known.gpu_hours))] if known and known.gpu_hours else []
    notes = [*(value_text(literal[name]) for name in chosen), *hours, *([] if action.wait else [tr("goes on at once")])]
    return " · ".join(notes) or what
