"""Whom webhooks may reach: hosts by name, networks by address. An admin sets both for everyone.

No host named: any host on the internet may be called. One named: those that are named and no other. Networks are the
exceptions from the rule that an address must be on the internet: loopback, private, link-local and other special ones,
the metadata services of clouds among them, are refused unless a network named here holds them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from trigger_studio.errors import Unavailable
from trigger_studio.execution.sender import SendFailed
from trigger_studio.frozen import frozen
from trigger_studio.storage import settings
from trigger_studio.storage.database import Database

SETTING = "outside"
READ_AGAIN_S = 2.0
"""An admin's change holds on every engine after this time."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_HOST = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*(:[0-9]{1,5})?\Z")
_SPECIAL = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48")))
"""Not on the internet either: a cloud's service to its machines, and what Python before 3.11.10 takes for global."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@frozen
class EgressPolicy:
    """What webhooks may reach.

    Attributes:
        hosts: ``hooks.example.org``, ``*.example.org`` (not example.org itself); with ``:8443`` that port only.
        networks: ``10.20.0.0/16``, ``::1/128``: not on the internet, and allowed all the same.
    """

    hosts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()

    def allows_host(self, host: str, port: int) -> bool:
        """Whether this host may be called by its name; its addresses are another question."""
        return not self.hosts or any(_matches(pattern, host.lower().rstrip("."), port) for pattern in self.hosts)

    def allows_address(self, address: Address) -> bool:
        """Whether a connection to this address may be opened."""
        inner = _inner(address)
        if any(inner in ipaddress.ip_network(network) for network in self.networks):
            return True
        return _is_public(inner)


def _matches(pattern: str, host: str, port: int) -> bool:
    name, colon, wanted = pattern.partition(":")
    if colon and wanted != str(port):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one only wraps, else the address."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
    return address


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _SPECIAL)


def host_pattern(text: str) -> str:
    """A host as `EgressPolicy.hosts` holds it.

    Raises:
        ValueError: it is none; says what is allowed.
    """
    pattern = text.strip().lower().rstrip(".")
    if not pattern.isascii():
        pattern = pattern.encode("idna").decode("ascii")
    if not _HOST.match(pattern):
        raise ValueError(f"'{text}' is no host; allowed: hooks.example.org, *.example.org, hooks.example.org:8443")
    return pattern


def network(text: str) -> str:
    """A network as `EgressPolicy.networks` holds it; one address is a network of one.

    Raises:
        ValueError: it is none; says what is allowed.
    """
    try:
        return str(ipaddress.ip_network(text.strip()))
    except ValueError as error:
        raise ValueError(f"'{text}' is no network ({error}); allowed: 10.20.0.0/16, 127.0.0.1, fd00:1::/32") from None


def read(database: Database) -> EgressPolicy:
    """What the admin has set, everything on the internet if nothing.

    Raises:
        Unavailable: the database is out of reach.
    """
    with database.read() as connection:
        return of_setting(settings.get(connection, SETTING))


def of_setting(value: dict[str, list[str]] | None) -> EgressPolicy:
    """From what `to_setting` made."""
    return EgressPolicy(**{name: tuple(items) for name, items in (value or {}).items()})


def to_setting(outside: EgressPolicy) -> dict[str, list[str]]:
    """As the database keeps it."""
    return {name: list(items) for name, items in asdict(outside).items()}


CurrentOutside = Callable[[], Awaitable[EgressPolicy]]


class OutsideReader:
    """What the admin has set, read again every few seconds, off the event loop's thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: EgressPolicy | None = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def __call__(self) -> EgressPolicy:
        """What holds now; while the database is away, what held last.

        Raises:
            SendFailed: it was never read.
        """
        async with self._reading:
            if self._known is None or time.monotonic() > self._read_at + READ_AGAIN_S:
                try:
                    self._known = await asyncio.to_thread(read, self._database)
                except Unavailable as error:
                    if self._known is None:
                        raise SendFailed(f"it is not known what may be called: {error}") from None
                self._read_at = time.monotonic()
            return self._known
