"""What webhooks may reach: which hosts, which addresses, and that what was checked is what is connected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.execution.rows import Rows
from tests.execution.test_webhook import LOOPBACK, refusal, send
from tests.support.sinks import HttpSink
from trigger_studio.errors import BadInput
from trigger_studio.execution.egress import EgressPolicy, OutsideReader, host_pattern, network
from trigger_studio.execution.pinned import PinnedBackend
from trigger_studio.execution.sender import SendFailed
from trigger_studio.services import egress
from trigger_studio.services.session import Session

Resolver = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Resolver:
    """Names and the addresses that they resolve to, one after the other; returns the names asked for."""

    def answer(names: dict[str, list[str]]) -> list[str]:
        asked: list[str] = []
        real = socket.getaddrinfo

        def resolve(host: Any, port: Any, *arguments: Any, **more: Any) -> Any:
            if host not in names:
                return real(host, port, *arguments, **more)
            asked.append(host)
            return real(names[host].pop(0), port, *arguments, **more)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return answer


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_on_the_internet(address: str) -> None:
    assert not EgressPolicy().allows_address(ipaddress.ip_address(address))
    wrapped = EgressPolicy(networks=("0.0.0.0/0", "::/0"))
    assert wrapped.allows_address(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_on_the_internet(address: str) -> None:
    assert EgressPolicy().allows_address(ipaddress.ip_address(address))


def test_a_network_opens_itself_and_nothing_else() -> None:
    allowed = EgressPolicy(networks=("10.20.0.0/16",))
    assert allowed.allows_address(ipaddress.ip_address("10.20.3.4"))
    assert allowed.allows_address(ipaddress.ip_address("::ffff:10.20.3.4"))
    assert not allowed.allows_address(ipaddress.ip_address("10.21.3.4"))


@pytest.mark.parametrize(
    ("patterns", "host", "port", "allowed"),
    [
        ((), "anything.example", 443, True),
        (("hooks.example.org",), "hooks.example.org", 443, True),
        (("hooks.example.org",), "HOOKS.example.org.", 443, True),
        (("hooks.example.org",), "evilhooks.example.org", 443, False),
        (("hooks.example.org",), "hooks.example.org.evil.com", 443, False),
        (("*.example.org",), "a.b.example.org", 443, True),
        (("*.example.org",), "example.org", 443, False),
        (("*.example.org",), "evilexample.org", 443, False),
        (("a.org:8443",), "a.org", 8443, True),
        (("a.org:8443",), "a.org", 443, False),
    ],
)
def test_hosts(patterns: tuple[str, ...], host: str, port: int, allowed: bool) -> None:
    assert EgressPolicy(hosts=patterns).allows_host(host, port) is allowed


@pytest.mark.parametrize("text", ["", "*", "http://a.org", "a.org/x", "*.*.org", "a b", "-a.org", "a..org", "a.org:x"])
def test_no_host(text: str) -> None:
    with pytest.raises(ValueError, match=r"allowed: hooks\.example\.org"):
        host_pattern(text)


def test_hosts_and_networks_are_kept_in_one_form() -> None:
    assert host_pattern("Hooks.Example.ORG.") == "hooks.example.org"
    assert host_pattern("*.bücher.example") == "*.xn--bcher-kva.example"
    assert (network("127.0.0.1"), network("fd00::/8")) == ("127.0.0.1/32", "fd00::/8")
    with pytest.raises(ValueError, match="host bits set"):
        network("10.1.2.3/8")


def test_a_host_that_is_not_named_is_refused_before_anything_leaves(http_sink: HttpSink, resolver: Resolver) -> None:
    asked = resolver({"localhost": ["127.0.0.1"]})
    failure = refusal(
        http_sink.url.replace("127.0.0.1", "localhost"), outside=EgressPolicy(("hooks.example.org",), LOOPBACK.networks)
    )
    assert failure.final
    assert "trigger-studio outside allow --host localhost" in str(failure)
    assert (asked, http_sink.requests.all()) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_however_it_is_written(http_sink: HttpSink, host: str) -> None:
    failure = refusal(http_sink.url.replace("127.0.0.1", host), outside=EgressPolicy())
    assert failure.final
    assert "not on the internet" in str(failure)
    assert http_sink.requests.all() == []


def test_a_name_that_resolves_to_a_private_address_is_refused(http_sink: HttpSink, resolver: Resolver) -> None:
    resolver({"innocent.example.org": ["127.0.0.1"]})
    failure = refusal(http_sink.url.replace("127.0.0.1", "innocent.example.org"), outside=EgressPolicy())
    assert failure.final
    assert "'innocent.example.org' is at 127.0.0.1" in str(failure)


def test_what_was_checked_is_what_is_connected_to(http_sink: HttpSink, resolver: Resolver) -> None:
    """The name resolves to something else right after it was checked."""
    asked = resolver({"rebind.example.org": ["127.0.0.1", "127.0.0.2", "127.0.0.2"]})
    url = http_sink.url.replace("127.0.0.1", "rebind.example.org")
    only = EgressPolicy(networks=("127.0.0.1/32",))
    assert send(url, outside=only) == {"status": 200}
    assert len(asked) == 1
    assert http_sink.requests.all()[0].headers["host"].startswith("rebind.example.org:")
    assert "is at 127.0.0.2" in str(refusal(url, outside=only))


def test_a_name_that_does_not_resolve_is_tried_again() -> None:
    failure = refusal("http://no-such-host.invalid/")
    assert not failure.final
    assert str(failure).startswith("the name 'no-such-host.invalid' cannot be resolved: ")


def test_a_name_that_cannot_be_one() -> None:
    assert not refusal(f"http://{'x' * 70}.example/").final


def test_one_question_at_a_time_for_each_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that hangs takes one thread for each name, not one for each delivery."""
    asked: list[str] = []
    let_go = threading.Event()

    def hang(host: str, *_: Any, **__: Any) -> Any:
        asked.append(host)
        let_go.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    async def many() -> list[Any]:
        backend = PinnedBackend(EgressPolicy().allows_address)
        try:
            connects = [backend.connect_tcp("slow.example.org", 80, timeout=0.2) for _ in range(20)]
            return await asyncio.gather(*connects, return_exceptions=True)
        finally:
            let_go.set()

    failures = asyncio.run(many())
    assert {str(failure) for failure in failures} == {"the name 'slow.example.org' was not resolved within 0.2 s"}
    assert asked == ["slow.example.org"]


def test_a_setting_holds_for_whoever_sends(url: str, rows: Rows) -> None:
    with Session(url) as session:
        assert egress.show(session) == EgressPolicy(networks=("127.0.0.0/8",))
        egress.allow(session, ["B.example.org", "a.example.org"], ["10.0.0.0/8"])
        egress.forbid(session, ["b.example.org"], ["127.0.0.0/8"])
        wanted = EgressPolicy(("a.example.org",), ("10.0.0.0/8",))
        assert egress.show(session) == wanted
        for wrong in (["x"], []), (["a.example.org"], ["10.0.0.0/9"]), ([], []), (["a b"], ["?"]):
            with pytest.raises(BadInput):
                egress.forbid(session, *wrong)
        assert egress.show(session) == wanted
        assert asyncio.run(OutsideReader(session.database)()) == wanted


def test_the_last_known_setting_holds_while_the_database_is_away(
    url: str, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(url) as session:
        reader = OutsideReader(session.database)
        assert asyncio.run(reader()).networks
        monkeypatch.setattr(time, "monotonic", lambda clock=time.monotonic: clock() + 60)
        fresh = OutsideReader(session.database)
        monkeypatch.setattr(session.database, "read", _away)
        assert asyncio.run(reader()).networks
        with pytest.raises(SendFailed, match="not known what may be called") as caught:
            asyncio.run(fresh())
        assert not caught.value.final


def _away() -> Any:
    from trigger_studio.errors import Unavailable

    raise Unavailable("database x: gone")
