"""Makes a database ready: our schema, and beside it the tables of what carries deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from trigger_studio.errors import Message, Unavailable
from trigger_studio.storage import rights, schema
from trigger_studio.storage.database import Database


def upgrade(database: Database) -> None:
    """Create or update everything this program keeps in a database.

    On PostgreSQL whoever may put events on the bus may use the deliveries' tables too, so that an engine needs no right
    to create anything.

    Raises:
        Unavailable: the database is out of reach, or its schema is newer than this program.
    """
    schema.upgrade(database)
    if database.is_sqlite:
        return
    from trigger_studio.execution.workflows import prepare

    url = database.url.render_as_string(hide_password=False)
    with database.read() as connection:
        roles: Sequence[str | None] = rights.emitters(connection) or [None]
    for role in roles:
        with database.plain_words():
            prepare(url, role)


def ensure(database: Database, *, make: bool) -> None:
    """See that a database is ready; refuse one that is something else's, older or newer than this program.

    Args:
        make: create the schema in an empty one, or in a file that is missing; a command that only reads does not.

    Raises:
        Unavailable: its schema is not ours to touch without being asked, or there is none and none may be made.
    """
    if make:
        database.make_file()
    if schema.is_ready(database):
        return
    if not make:
        raise Unavailable(
            Message("database {0}: it is empty; 'trigger-studio db upgrade' makes it ready", database.name)
        )
    upgrade(database)
