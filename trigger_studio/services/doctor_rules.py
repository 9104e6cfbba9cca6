"""The doctor's look at what enabled rules need from the world: secrets, mail, and hosts that may be called."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

import sqlalchemy as sa

from trigger_studio.execution import secrets
from trigger_studio.execution.chat import secret_of
from trigger_studio.execution.egress import SETTING, EgressPolicy, of_setting
from trigger_studio.execution.mail import PASSWORD_SECRET, mail_server
from trigger_studio.execution.notification import EMAIL
from trigger_studio.execution.sender import SendFailed
from trigger_studio.model.rule import CallWebhook, SendNotification, walk
from trigger_studio.model.secret_names import is_own
from trigger_studio.model.template import has_template
from trigger_studio.services.findings import Finding, ok, wrong
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage import settings

CHECKS = ("secrets", "mail", "outside")


def findings(connection: sa.Connection) -> Iterator[Finding]:
    """What enabled rules name and this machine does not have."""
    webhooks: list[tuple[str, CallWebhook]] = []
    messages: list[tuple[str, SendNotification]] = []
    for item in rule_store.published(connection):
        for action in walk(item.rule.actions) if item.rule.enabled else ():
            if isinstance(action, CallWebhook):
                webhooks.append((item.rule.id, action))
            elif isinstance(action, SendNotification):
                messages.append((item.rule.id, action))
    yield from _secrets(webhooks, messages)
    yield _mail([rule for rule, action in messages if action.channel == EMAIL])
    yield from _outside(webhooks, of_setting(settings.get(connection, SETTING)))


def _secrets(
    webhooks: list[tuple[str, CallWebhook]], messages: list[tuple[str, SendNotification]]
) -> Iterator[Finding]:
    named = {action.secret: rule for rule, action in reversed(webhooks) if action.secret}
    named |= {
        secret_of(action.channel): rule
        for rule, action in reversed(messages)
        if action.channel != EMAIL and not has_template(action.channel)
    }
    misused = [(name, rule) for name, rule in named.items() if name in {a.secret for _, a in webhooks} and is_own(name)]
    for name, rule in misused:
        says = f"the rule '{rule}' signs by '{name}', which is the program's own; its webhooks are not sent"
        yield wrong("secrets", says, "name another secret in the rule, and publish it")
    missing = [(name, rule) for name, rule in named.items() if (name, rule) not in misused and not _is_held(name)]
    if not missing and not misused:
        yield ok("secrets", f"this machine holds all {len(named)} that rules name" if named else "no rule names one")
    for name, rule in missing:
        do = f"run 'keyring set {secrets.KEY_RING_SERVICE} {name}', or put it into {secrets.variable(name)}"
        yield wrong("secrets", f"this machine does not hold '{name}', which the rule '{rule}' names", do)


def _is_held(name: str) -> bool:
    try:
        return bool(secrets.find(name))
    except SendFailed:  # the key ring does not answer, which is a finding of its own
        return False


def _mail(rules: list[str]) -> Finding:
    if not rules:
        return ok("mail", "no rule sends mail")
    try:
        server = mail_server()
    except SendFailed as failure:
        return wrong("mail", f"the rule '{rules[0]}' sends mail, and {failure}", "set it where the engine runs")
    if server.user and not _is_held(PASSWORD_SECRET):
        do = f"run 'keyring set {secrets.KEY_RING_SERVICE} {PASSWORD_SECRET}'"
        return wrong("mail", f"this machine does not hold the password of {server.user} at {server.host}", do)
    return ok("mail", f"by {server.host}:{server.port}, from {server.sender}")


def _outside(webhooks: list[tuple[str, CallWebhook]], outside: EgressPolicy) -> Iterator[Finding]:
    told = False
    for rule, action in webhooks:
        parts = urlsplit(action.url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        option = ""
        if not outside.allows_host(host, port):
            option = f"--host {host}"
        elif (address := _address(host)) and not outside.allows_address(address):
            option = f"--network {host}"
        if option:
            told = True
            says = f"the rule '{rule}' calls {host}, which an engine will refuse"
            yield wrong("outside", says, f"an admin can allow it: trigger-studio outside allow {option}")
    if not told:
        yield ok("outside", "every host that rules call may be called")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
