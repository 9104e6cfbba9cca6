"""The sorts of actions: words, icons, and what a new one begins with."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Action
from trigger_studio.studio.paths import Content, path_of, value_at

_ADAPTER: TypeAdapter[Action] = TypeAdapter(Action)

_WORDS = {
    "submit_job": N_("Submit a job"),
    "send_notification": N_("Send a notification"),
    "call_webhook": N_("Call a web address"),
    "set_status": N_("Set the status"),
    "branch": N_("If … otherwise …"),
    "gate": N_("Wait for a person"),
    "parallel": N_("Several at once"),
    "sequence": N_("Several one after the other"),
}

_ICONS = {
    "submit_job": "clapper",
    "send_notification": "mail",
    "call_webhook": "webhook",
    "set_status": "tag",
    "branch": "branch",
    "gate": "person",
    "parallel": "parallel",
    "sequence": "sequence",
    "trigger_qa": "qa",
    "start_concatenation": "film",
    "package_delivery": "package",
}


_INKS = {"branch": "condition", "gate": "gate", "parallel": "neutral", "sequence": "neutral"}


def type_words(name: str) -> str:
    """An action type as a person says it."""
    return tr(_WORDS.get(name, "")) or words.title(words.plain(name))


def icon_of(action: dict[str, Any]) -> str:
    """The icon of an action."""
    return _ICONS.get(str(action.get("type")), "job")


def ink_of(kind: str) -> str:
    """The colour of a type of action, by a name of the theme: people, decisions and the order of things stand out."""
    return _INKS.get(kind, "action")


def line_of(action: dict[str, Any], profile: Profile) -> tuple[str, str]:
    """What an action does, and a detail; of a faulty one just its type."""
    try:
        title, subtitle = words.action_label(_ADAPTER.validate_python(action), profile)
    except ValidationError:
        return type_words(str(action.get("type"))), tr("not finished")
    params = action.get("params") or {}
    about = next((str(value) for key, value in params.items() if key.endswith("_id")), "")
    return (f"{title} · {about}" if about and "{{" not in about else title), subtitle


def title_of(action: dict[str, Any], content: Content, profile: Profile | None) -> str:
    """What an action of a firing does, as the rule's document has it; arguments as for `told`."""
    known = value_at(content, path_of(action["path"]))
    same = isinstance(known, dict) and known.get("type") == action["type"]
    return line_of(known, profile)[0] if same and profile is not None else type_words(action["type"])


def told(action: dict[str, Any], content: Content, profile: Profile | None, status: str) -> str:
    """An action of a firing in words: what it does, as the rule's document has it, how it ended, and why.

    Args:
        action: as the log and the dry run list it.
        content: the rule's document; of another revision it may have no such action.
    """
    what = title_of(action, content, profile)
    taken = {"then": tr(" · yes"), "else": tr(" · otherwise")}.get(action.get("taken", ""), "")
    tries = tr(" · {0} tries", action["attempts"]) if action.get("attempts", 0) > 1 else ""
    detail = f" · {action['detail']}" if action.get("detail") else ""
    return f"{what}{taken}: {status}{tries}{detail}"


def fresh_actions(profile: Profile) -> dict[str, dict[str, Any]]:
    """What a new action of each type begins with, in the order of the menu."""
    job_type = next(iter(profile.job_types), "")
    return {
        "submit_job": {"type": "submit_job", "job_type": job_type, "params": {}},
        **{name: {"type": name, "params": {}} for name in profile.actions},
        "send_notification": {"type": "send_notification", "channel": "email", "to": [], "message": ""},
        "call_webhook": {"type": "call_webhook", "url": "", "method": "POST", "body": {"id": "{{ event.id }}"}},
        "set_status": {"type": "set_status", "status": "approved"},
        "branch": {
            "type": "branch",
            "if": {"field": "qa_pass_rate", "op": "gt", "value": 0.8},
            "then": [{"type": "set_status", "status": "approved"}],
            "else": [{"type": "set_status", "status": "needs_review"}],
        },
        "gate": {"type": "gate", "approvers": "admin", "message": "", "timeout": "3d"},
        "parallel": {"type": "parallel", "actions": []},
        "sequence": {"type": "sequence", "actions": []},
    }
