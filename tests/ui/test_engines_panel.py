"""The engines that share the database are seen in the window: alive with their lag, or silent."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.support.studio import furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.storage import tables
from trigger_studio.storage.database import Database
from trigger_studio.storage.engines import SILENT_S

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_engines_are_seen_alive_and_silent(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    database = Database(sqlite_url)
    with database.write() as connection:
        silent_since = database.clock_s(connection) - 2 * SILENT_S
        row = {"host": "render-07", "version": "0.9", "started_at": 1.0, "seen_at": silent_since, "lag_s": 3.0}
        connection.execute(sa.insert(tables.engines).values(id="render-07-0", **row))
    database.close()
    studio = open_studio(sqlite_url)
    panel = studio.window.tabs.engines
    studio.until(lambda: [(e.host, e.alive) for e in panel.table.content.rows] == [("render-07", False)])
    studio.engine(True)
    studio.until(lambda: [e.alive for e in panel.table.content.rows] == [True, False])
    mine = panel.table.content.rows[0]
    texts = [column.text(mine) for column in panel.table.content.columns]
    assert texts[:3] == ["alive", mine.host, "0 s"]
    assert texts[-1] == mine.id
    studio.trigger("show-engines")
    assert panel.isVisible()
