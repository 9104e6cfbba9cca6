"""What deliveries need, imported by one thread before those that use it begin.

A module is in use by other threads as soon as it is half there: SQLAlchemy asks whatever has registered itself so far,
DBOS's first steps reach for modules that another thread may just be loading. So nothing here is left to the threads.
It takes some 500 ms and 40 MB, which an engine that never sends anything need not spend.
"""

from __future__ import annotations

from importlib import import_module

SHARED = ("sqlalchemy.orm",)
"""Registers itself with what every statement goes through; DBOS brings it in."""

LATE = (
    "trigger_studio.execution.workflows",
    "dbos._sys_db_sqlite",
    "dbos._sys_db_postgres",
    "anyio",
    "anyio._backends._asyncio",
    "anyio.lowlevel",
    "anyio.streams.stapled",
    "anyio.streams.tls",
    "encodings.idna",
    "sniffio",
    "keyring.errors",
)
"""Our own, and what the libraries below it import when they first need it."""


def load_shared() -> None:
    """Import what must not be half there while another thread uses the database: before such a thread begins."""
    for name in SHARED:
        import_module(name)


def load() -> None:
    """Import everything that deliveries need, before their first thread begins."""
    import pkgutil
    from importlib.metadata import entry_points

    load_shared()
    for name in LATE:
        import_module(name)
    for point in entry_points(group="keyring.backends"):  # as the key ring does at the first secret
        import_module(point.module)
    backends = import_module("keyring.backends")
    for module in pkgutil.iter_modules(backends.__path__, "keyring.backends."):
        import_module(module.name)
