"""The doors: where something from outside comes in, what is sent through each, and what it must not do."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz.cases import DB, HERE, Case
from tests.fuzz.ground import GROUND, STANDING
from tests.fuzz.inputs import ACTIONS, EVENT, PIPELINE, PROFILE, RULE, bent, broken, bundle_of, values, written
from trigger_studio.cli.lazy_commands import ROOMS


@dataclass(frozen=True)
class Door:
    """One way in.

    Attributes:
        draw: the inputs.
        modules: what reads them, for the coverage.
    """

    name: str
    draw: st.SearchStrategy[Case]
    modules: tuple[str, ...]


@st.composite
def events(draw: st.DrawFn) -> Case:
    """Lines of events, from a file or standard input, before and after one that is sound."""
    lines = []
    for number in range(draw(st.integers(1, 4))):
        event = draw(bent({**EVENT, "id": f"e{number}"}))
        line = json.dumps(event, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
        lines.append(draw(broken(line, draw(st.sampled_from([0, 0, 1])))))
    content = draw(st.sampled_from([b"\n", b"\r\n", b"\n\n"])).join(lines)
    if draw(st.booleans()):
        return Case("events", (*STANDING, ("emit", "-")), GROUND, content)
    one = draw(st.sampled_from(["emit", "dry-run", "explain"]))
    command = {
        "emit": ("emit", f"{HERE}/in.json"),
        "dry-run": ("dry-run", "--event", f"{HERE}/in.json", "--assume", "approvals"),
        "explain": ("explain", "--rule", "first", "--event", f"{HERE}/in.json"),
    }[one]
    return Case("events", (*STANDING, command), {**GROUND, "in.json": content})


@st.composite
def bundles(draw: st.DrawFn) -> Case:
    """Bundles of rules; one that is taken meets an event, is approved, and is shown in every way."""
    rules = []
    for number in range(draw(st.integers(1, 2))):
        base = {**RULE, "id": f"a{number}", "actions": draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3))}
        if draw(st.booleans()):
            base = {**base, "when": {"event": "approved", "entity": "scene"}}
        rules.append(draw(bent(base, 3)))
    ending, content = draw(written(draw(bent(bundle_of(rules), 1))))
    name = f"in{ending}"
    after = [("rules", "approve", "a0"), ("emit", f"{HERE}/event.json")]
    after += [draw(st.sampled_from([("rules", "list"), ("rules", "export"), ("log",), ("doctor",)]))]
    after += [("graph", "--format", draw(st.sampled_from(["json", "mermaid", "dot"])))]
    commands = (STANDING[0], ("rules", "import", f"{HERE}/{name}"), *after)
    return Case("bundles", commands, {**GROUND, name: content})


@st.composite
def profiles(draw: st.DrawFn) -> Case:
    """Profiles, over stored rules that may not fit them."""
    ending, content = draw(written(draw(bent(PROFILE))))
    name = f"in{ending}"
    first = draw(st.sampled_from([(), STANDING]))
    command = draw(st.sampled_from([("rules", "list"), ("emit", f"{HERE}/event.json"), ("doctor",), ("graph",)]))
    return Case("profiles", (*first, ("--profile", f"{HERE}/{name}", *command)), {**GROUND, name: content})


@st.composite
def pipelines(draw: st.DrawFn) -> Case:
    """Files of entities, and the status of one."""
    ending, content = draw(written(draw(bent(PIPELINE))))
    name = f"in{ending}"
    words = st.text(max_size=8) | st.sampled_from(["scene", "s1", "approved", "project"])
    by_hand = ("pipeline", "set", draw(words), draw(words), "--status", draw(words))
    commands = (STANDING[1], ("pipeline", "import", f"{HERE}/{name}"), by_hand, ("emit", f"{HERE}/event.json"))
    return Case("pipelines", commands, {**GROUND, name: content})


PIECES = (
    "{{", "}}", " ", "event.", "entity.", "rule.", "firing.", "item.", "id", "attributes", "x", "x.y", "project", ".",
    "|", "'", "{", "}", "\n", "\0", "ß", "event.x", "{{ event.x }}", "{{event.tags}}", "__class__", "0", "[0]",
    "{{ firing.depth }}",
)  # fmt: skip


@st.composite
def templates(draw: st.DrawFn) -> Case:
    """Templates in every field that takes them, over events that hold anything."""
    text = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)
    actions = [
        {"type": "trigger_qa", "params": {draw(st.text(max_size=6)): draw(text), "scene_id": draw(text)}},
        {"type": "call_webhook", "url": "http://127.0.0.1:9/x", "body": {"a": draw(text)}, "retry": {"attempts": 1}},
        {"type": "send_notification", "channel": "email", "to": [draw(text)], "message": draw(text)},
        {"type": "gate", "message": draw(text)},
    ]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(actions), min_size=1, max_size=2))
    rule = {"id": "a0", "when": {"event": "approved", "entity": "scene"}, "actions": chosen}
    event = {**EVENT, "attributes": {"x": draw(values), "tags": draw(values)}}
    files = {**GROUND, "in.json": json.dumps(bundle_of([rule])).encode(), "event.json": json.dumps(event).encode()}
    commands = (STANDING[0], ("rules", "import", f"{HERE}/in.json"), ("dry-run", "--event", f"{HERE}/event.json"))
    return Case("templates", (*commands, ("emit", f"{HERE}/event.json"), ("log", "--json")), files)


WORDS = (
    *ROOMS, "import", "export", "list", "show", "enable", "disable", "delete", "approve", "refuse", "set", "remove",
    "upgrade", "check", "archive", "allow", "forbid", "first", "then", "scene", "s1", "e1", "firings", "gpu-hours",
    "failures", "-", "--json", "--help", "-h", "--version", "--project", "--rule", "--event", "--reason", "--replay",
    "--discard", "--preview", "--assume", "approvals", "--fail", "qa", "--per", "1h", "0s", "-1", "--status",
    "--chain", "--job", "--format", "dot", "mermaid", "svg", "--theme", "dark", "--until-idle", "--farm", "simulated",
    "--keep", "--older-than", "--keep-all", "--host", "--network", "10.0.0.0/8", "*.example.org", "f1-0", "--", "--=",
    "--json=1", "--db", DB, "--log-format", "json", f"{HERE}/event.json", f"{HERE}/sound.json", f"{HERE}/ground.json",
    f"{HERE}/none", f"{HERE}", "aurora", "", "1", "0", "1e9", "nan",
)  # fmt: skip
ENDLESS = ("--follow", "demo", "open", "--metrics-port", "--metrics-host")
"""What waits for a person, opens a window, or takes seconds by its nature."""


@st.composite
def arguments(draw: st.DrawFn) -> Case:
    """Words of the command line in any order."""
    word = st.sampled_from([w for w in WORDS if w not in ENDLESS]) | st.text(max_size=6)
    given = [draw(st.sampled_from([w for w in ROOMS if w not in ENDLESS])), *draw(st.lists(word, max_size=7))]
    if not draw(st.integers(0, 9)):
        given = given[1:] or ["rules"]
    given = [w for w in given if not w.startswith("--follow") and w not in ("demo", "open")] or ["log"]
    if "engine" in given:
        given = [*IDLE_ENGINE, *given[given.index("engine") + 1 :]]
    return Case("arguments", (*STANDING, ("emit", f"{HERE}/event.json"), tuple(given)), GROUND)


IDLE_ENGINE = ("engine", "--until-idle", "--farm", "simulated")
PARTS = (
    "sqlite", "postgresql", "postgres", "mysql", "", "://", ":///", "/", "//", "@", ":", "127.0.0.1", "[::1]", "[",
    "]", "1", "99999", "port", "u", "p%40", "%", "%00", "?", "&", "=", "connect_timeout", "sslmode", "host", "port",
    "x", "studio.db", "#", " ", "..", "\n", "?host=/nowhere", "+psycopg", "+pysqlite", ":memory:", "file:x?uri=true",
    "options", "-c x=y", HERE,
)  # fmt: skip


@st.composite
def urls(draw: st.DrawFn) -> Case:
    """Addresses of databases; none of them reaches anything that is not on this machine."""
    begins = ("sqlite:///{here}/", "sqlite://", "postgresql://127.0.0.1:1/", "postgresql://", "", "sqlite:")
    begin = draw(st.sampled_from(begins))
    rest = "".join(draw(st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=6)))
    command = draw(st.sampled_from([("rules", "list"), ("doctor",), ("db", "check"), ("emit", f"{HERE}/event.json")]))
    return Case("urls", ((*command, "--db", begin + rest),), GROUND)


OUTS = (
    "", ".", "..", "/", "none/x.json", "x.json/y.json", "x" * 300 + ".json", "a\nb.json", "é.svg", "x.JSON", "x.",
    ".json", "x.png", "x.pdf", "x.dot", "x.mmd", " ", "-", "studio.db", "studio.db/x.svg", "event.json", "\x1b.json",
    "x.json ", "~", "$HOME", "*",
)  # fmt: skip


@st.composite
def outs(draw: st.DrawFn) -> Case:
    """Paths to write to, all in the case's own folder; devices have a test of their own."""
    anything = st.text(max_size=10).map(lambda text: text.replace("..", ".").replace("/", "_"))
    name = draw(st.sampled_from(OUTS) | anything)
    outside = draw(st.sampled_from([HERE, f"{HERE}/", "/proc/version/x", ""]))
    path = f"{HERE}/{name}" if name not in ("..", "/", "") else outside
    commands = [("graph", "--out", path), ("rules", "export", path), ("rules", "export", path, "--json")]
    command: tuple[str, ...] = draw(st.sampled_from(commands))
    form = ("--format", draw(st.sampled_from(["json", "svg", "png", "pdf", "mermaid", "dot"])))
    command = (*command, *form) if command[0] == "graph" and draw(st.booleans()) else command
    return Case("outs", (*STANDING, command), GROUND)


@st.composite
def unfinished(draw: st.DrawFn) -> Case:
    """Rules in the making, and what other programs put on the clipboard."""
    actions = draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3))
    rules = [draw(bent({**RULE, "id": f"a{number}", "actions": actions}, 6)) for number in range(2)]
    _ending, content = draw(written(draw(bent(bundle_of(rules), 1))))
    return Case("unfinished", (("@unfinished", "in"),), {"in": content})


ANSWERS = (
    b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.1 503 Later\r\nretry-after: 5\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nlater",
    b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.1 400 Bad\r\ntransfer-encoding: chunked\r\ncontent-encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nretry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\ncontent-length: 3\r\n\r\n\x1b[2",
)
SPLICES = (
    b"content-length: -1", b"content-length: 99999999999999999999", b"retry-after: 1e999", b"retry-after: -5",
    b"\xff\xfe", b"retry-after: nan", b"content-encoding: br", b"content-type: text/plain; charset=none", b"\r\n\r\n",
    b"HTTP/9.9 999 x", b"HTTP/1.1 000", b"HTTP/1.1 100 Continue\r\n\r\n", b"x" * 70_000, b"set-cookie: a=b", b"\0",
    b"retry-after: 99999999999",
)  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Case:
    """What a receiver answers to a webhook."""
    made = bytearray(draw(broken(draw(st.sampled_from(ANSWERS)), 3)))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(made)))
        made[at:at] = draw(st.sampled_from(SPLICES)) + draw(st.sampled_from([b"\r\n", b""]))
    return Case("answers", (("@answered", "in"),), {"in": bytes(made)})


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door("events", events(), ("model.event_codec", "cli.events", "engine.intake", "services.bus", "model.event")),
        Door("bundles", bundles(), ("model.bundle", "model.check", "model.validation_messages", "model.rule",
                                    "model.documents", "model.yaml_core", "model.duration", "services.rule_registry",
                                    "analysis.graph.export")),
        Door("profiles", profiles(), ("model.profiles", "model.profile", "services.session")),
        Door("pipelines", pipelines(), ("model.entities", "services.pipeline", "cli.pipeline")),
        Door("templates", templates(), ("model.template", "decide.fill")),
        Door("arguments", arguments(), ("cli.tree", "cli.lazy_commands", "cli.main", "cli.options", "cli.context",
                                        "cli.control", "cli.limits", "cli.log", "cli.database", "cli.outside",
                                        "cli.engine")),
        Door("urls", urls(), ("storage.database", "storage.schema", "services.setup")),
        Door("outs", outs(), ("services.files", "cli.graph")),
        Door("unfinished", unfinished(), ("model.lenient_rule", "ui.shell.clipboard", "analysis.graph.flow",
                                              "analysis.conditions.possible")),
        Door("answers", answers(), ("execution.webhook", "execution.pinned", "execution.retry")),
    )
}  # fmt: skip
