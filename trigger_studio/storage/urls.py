"""Database URLs: read, refused in words, and shown without their passwords."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from trigger_studio.errors import BadInput, Message, masked, masked_url
from trigger_studio.storage.plain_words import first_line


def database_name(url: URL) -> str:
    """A database for people: never with a password."""
    dialect = url.get_backend_name()
    if dialect == "sqlite":
        return str(url.database)
    return masked_url(url.set(drivername=dialect).render_as_string(hide_password=True))


def parse_url(text: str) -> URL:
    """A URL as SQLAlchemy understands it. Raises BadInput: it names no database of ours."""
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):  # a port that is no number, brackets that do not close
        raise BadInput(
            Message("'{0}' is no database URL; allowed: sqlite:///FILE, postgresql://HOST/NAME", masked_url(text))
        ) from None
    backend = url.get_backend_name()
    _check_parts(url, backend)
    if backend == "sqlite":
        if url.host or "\0" in (url.database or ""):
            raise BadInput(Message("'{0}' names no file; allowed: sqlite:///FILE, sqlite:////ABSOLUTE/FILE", text))
        if not url.database or url.database == ":memory:":
            raise BadInput(Message("a database in memory cannot be shared; give a file: sqlite:///FILE"))
        if "?" in text:
            raise BadInput(
                Message("'{0}' has a '?'; sqlite:///FILE takes neither options nor a FILE with one", masked(text))
            )
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise BadInput(
        Message("'{0}' databases are not supported; allowed: sqlite:///FILE, postgresql://HOST/NAME", backend)
    )


def _check_parts(url: URL, backend: str) -> None:
    """Refuse what SQLAlchemy and the drivers take for a fault of the program."""
    if "\0" in f"{url.username}{url.password}{url.host}{url.database}":
        raise BadInput(Message("a database URL holds no NUL character"))
    if backend == "sqlite" and (url.host or url.username or url.port):
        raise BadInput(Message("a database in a file has no host; write sqlite:///FILE"))
    if backend == "sqlite" and url.database and not Path(url.database).name:
        raise BadInput(Message("'{0}' is a directory; give a file: sqlite:///FILE", url.database))
    if backend.startswith("postgres"):
        try:
            url.set(drivername="postgresql+psycopg").get_dialect()().create_connect_args(url)
            given = url.query.get("host", ())
            for host in (*(url.host or "").split(","), *((given,) if isinstance(given, str) else given)):
                if not host.startswith("/"):  # else a socket's folder
                    host.encode("idna")  # as the driver will
        except (sa.exc.ArgumentError, ValueError) as error:  # several hosts with ports that are none
            raise BadInput(Message("the database's URL cannot be used: {0}", first_line(error))) from None
