"""What grows and what must not: many rules, and many events at once, beside what the machine allows."""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.places import Places
from trigger_studio.model.yaml_core import write_yaml

FEW, MANY = 10, 20_000
EVENTS = 400_000
_REPEAT = 5
_RUN = (sys.executable, "-m", "trigger_studio")
_ALLOWED = (sys.executable, "-c", "import sqlalchemy")


def benchmark(places: Places) -> list[Figure]:
    """Import of rules, commands with few and many of them, and a large file of events."""
    del places
    with TemporaryDirectory(prefix="ts-bench-") as name:
        folder = Path(name)
        return [*_imports(folder), *_commands(folder), *_events(folder, EVENTS)]


def rules(count: int) -> dict[str, Any]:
    """A bundle of rules that differ from one another."""
    return {"format": "trigger-studio/1", "rules": [_rule(number) for number in range(count)]}


def _rule(number: int) -> dict[str, Any]:
    event, entity = ("completed", "approved", "failed")[number % 3], ("scene", "variant", "qa", "delivery")[number % 4]
    tier = {"field": "resolution_tier", "op": "ge", "value": "1080p"}
    name = {"field": "variant", "op": "eq", "value": f"v{number}"}
    return {
        "id": f"rule-{number:05}",
        "name": f"Rule {number}",
        "project": f"p{number % 200}",
        "when": {"event": event, "entity": entity, "where": {"all": [tier, name]}},
        "actions": [{"type": "trigger_qa", "params": {"suite": "standard", "n": number}}],
    }


def _imports(folder: Path) -> list[Figure]:
    figures = []
    for count in (2_000, MANY):
        bundle = rules(count)
        (folder / f"{count}.json").write_text(json.dumps(bundle))
        (folder / f"{count}.yaml").write_text(write_yaml(bundle))
        for sort, goal in (("json", "3"), ("yaml", "5")):
            took = _wall(*_command(folder / f"{sort}-{count}.db"), "rules", "import", str(folder / f"{count}.{sort}"))
            figures.append(Figure(f"import {count:,} rules, {sort.upper()}", "s", took, took, goal=goal))
    return figures


def _commands(folder: Path) -> list[Figure]:
    (folder / "few.json").write_text(json.dumps(rules(FEW)))
    _wall(*_command(folder / f"json-{FEW}.db"), "rules", "import", str(folder / "few.json"))
    event = folder / "one.ndjson"
    event.write_text(json.dumps({"id": "evt-1", "type": "approved", "entity": "variant", "entity_id": "v1"}))
    figures = []
    for words in (
        ("emit", str(event)), ("log",), ("gates", "list"), ("limits", "list"), ("rules", "show", "rule-00005"),
        ("dry-run", "--event", str(event)), ("rules", "list", "--json"),
    ):  # fmt: skip
        allowed = statistics.median(_wall(*_ALLOWED) for _ in range(_REPEAT))
        for count in (FEW, MANY):
            took = sorted(_wall(*_command(folder / f"json-{count}.db"), *words) for _ in range(_REPEAT))
            label = f"{' '.join(word for word in words if '/' not in word)}, {count:,} rules"
            goal = f"{2 * allowed:.2f}"
            figures.append(Figure(label, "s", took[_REPEAT // 2], took[-1], allowed, "import sqlalchemy", goal))
    return figures


def _events(folder: Path, count: int) -> list[Figure]:
    file = folder / "events.ndjson"
    with file.open("w") as out:
        out.writelines(json.dumps(_event(number)) + "\n" for number in range(count))
    bare = count / _bare_inserts(folder / "bare.db", count)
    took = _wall(*_command(folder / "events.db"), "emit", str(file))
    peak_mb = _peak_mb(folder / "again.db", file)
    rate = count / took
    return [
        Figure(f"emit {count:,} events", "/s", rate, rate, bare, "bare inserts, one transaction", "20000"),
        Figure(f"emit {count:,} events: peak memory", "MB", peak_mb, peak_mb, goal="200"),
    ]


def _event(number: int) -> dict[str, Any]:
    return {
        "id": f"evt-{number:07}",
        "type": "approved",
        "entity": "variant",
        "entity_id": f"v{number % 50_000}",
        "project": f"p{number % 20}",
        "attributes": {"resolution_tier": "4k", "variant": "hero"},
        "occurred_at": "2026-11-20T09:30:00Z",
    }


def _bare_inserts(file: Path, count: int) -> float:
    """Seconds for as many rows with a unique text each, in one transaction."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)")
    rows = ((number, f"evt-{number:07}", json.dumps(_event(number))) for number in range(count))
    started = time.perf_counter()
    with connection:
        connection.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
    connection.close()
    return time.perf_counter() - started


def _peak_mb(database: Path, file: Path) -> float:
    """The most memory that an emitting process held."""
    words = [*_command(database), "emit", str(file)]
    tell = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    tell += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    told = subprocess.run([sys.executable, "-c", tell, *words], check=True, capture_output=True, text=True)
    return int(told.stdout) / 1024


def _command(database: Path) -> Sequence[str]:
    return (*_RUN, "--db", f"sqlite:///{database}")


def _wall(*words: str) -> float:
    started = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
