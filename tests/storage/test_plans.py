"""Statements go by keys, on PostgreSQL also where it planned when the tables were empty."""

from __future__ import annotations

import re
from typing import Any

from tests.engine.steps import engine, rule, scene
from tests.support.engines import emit, open_session
from trigger_studio.storage import bulk, earlier
from trigger_studio.storage.database import Database

GROWING = "actions|bus|entities|events|firings|jobs"
WHOLE = re.compile(rf"(Seq Scan|Bitmap Heap Scan) on ({GROWING})\b")


def test_no_statement_of_an_engine_reads_a_table_whole(postgres_url: str) -> None:
    with open_session(postgres_url, [rule("a")]) as session:
        one = engine(session)
        emit(session, scene("s1"))
        assert one.step()
        connection: Any = one.store._connection.connection.driver_connection  # type: ignore[attr-defined]
        prepared = connection.execute("SELECT name, statement, parameter_types::text FROM pg_prepared_statements")
        plans = {}
        for name, statement, types in prepared.fetchall():
            if re.search(rf"(FROM|JOIN|INTO) ({GROWING})\b", statement):
                values = ", ".join(["NULL"] * len([part for part in types.strip("{}").split(",") if part]))
                explain = f"EXPLAIN EXECUTE {name}{f'({values})' if values else ''}"
                plans[statement] = "\n".join(line for (line,) in connection.execute(explain))
        one.close()
    assert len(plans) >= 4
    assert not [plan for plan in plans.values() if WHOLE.search(plan)]
    (times,) = (plan for statement, plan in plans.items() if "JOIN firings" in statement)
    assert re.search(r"Index Cond: \(\(entity_id = .*entity = .*started_at >", times)


def test_no_other_connection_keeps_a_plan_that_was_made_for_a_small_table(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.read() as connection:
        mode = connection.exec_driver_sql("SHOW plan_cache_mode").scalar_one()
    database.close()
    assert mode == "force_custom_plan"


def test_what_is_staged_is_found_by_its_entity_however_much_of_it_there_is(sqlite_url: str) -> None:
    with open_session(sqlite_url, []) as session, session.database.read() as connection:
        for sql in (earlier.FIRST_STAGED, earlier.PARENTS_STAGED):
            statement = f"EXPLAIN QUERY PLAN {sql.format(keys=bulk.keys(connection, 2))}"
            plan = [row[3] for row in bulk.fetch(connection, statement, {"keys": "[]", "intake": 1})]
            searches = [line for line in plan if "SEARCH" in line]
            assert searches
            assert not [line for line in searches if line.endswith("(intake=?)")]
