"""PostgreSQL goes by keys in every step of an engine, also where it planned when the tables were empty."""

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


def test_what_is_staged_is_looked_up_key_by_key_on_sqlite(sqlite_url: str) -> None:
    """By the intake alone each part of an input of many events would go through all the parts before it."""
    database = Database(sqlite_url)
    with database.read() as connection:
        for statement in (earlier._FIRST, earlier._FIRST_STAGED, earlier._PARENTS, earlier._PARENTS_STAGED):
            sql, values = bulk.with_keys(True, f"EXPLAIN QUERY PLAN {statement}", [("scene", "s1")], 2, intake=1)
            steps = [str(row[3]) for row in bulk.fetch(connection, sql, values)]
            assert "SCAN json_each" in steps[0], steps
            assert not [step for step in steps if step.endswith("(intake=?)") or re.match(r"SCAN [tu]\b", step)]
    database.close()
