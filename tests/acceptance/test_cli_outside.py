"""``outside``: an admin sees and changes what webhooks may reach."""

from __future__ import annotations

import pytest

from tests.support.cli import Inside
from trigger_studio.services.session import Session
from trigger_studio.services.trigger_log import audit


def test_what_may_be_called_is_shown_changed_and_audited(
    empty_sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = Inside(empty_sqlite_url, capsys)
    assert inside("db", "upgrade").code == 0
    assert inside("outside", "show", "--json").json() == {"hosts": [], "networks": []}
    assert "any on the internet" in inside("outside", "show").out
    allowed = inside(
        "outside", "allow", "--host", "*.Example.org", "--host", "a.org:8443", "--network", "10.0.0.0/8", "--json"
    )
    assert allowed.json() == {"hosts": ["*.example.org", "a.org:8443"], "networks": ["10.0.0.0/8"]}
    left = inside("outside", "forbid", "--host", "a.org:8443", "--network", "10.0.0.0/8")
    assert left.out == "Hosts: *.example.org.\nNetworks that are not on the internet: none.\n"
    with Session(empty_sqlite_url) as session:
        assert [(entry["verb"], entry["subject"]) for entry in audit(session)] == [
            ("outside allow", "outside"),
            ("outside forbid", "outside"),
        ]


def test_every_fault_is_told_and_nothing_is_changed(empty_sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    inside = Inside(empty_sqlite_url, capsys)
    faults = inside("outside", "allow", "--host", "ok.org", "--host", "http://x/", "--network", "10.0.0.1/8").faults()
    assert [line.split(":")[0] for line in faults] == ["--host", "--network"]
    assert inside("outside", "allow").faults() == ["name at least one --host or --network"]
    assert (
        "'ok.org' does not stand there; standing: nothing"
        in inside("outside", "forbid", "--host", "ok.org").faults()[0]
    )
    assert inside("outside", "show", "--json").json() == {"hosts": [], "networks": []}
