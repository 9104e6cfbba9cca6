"""What several operations take from the path or the query."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query

from trigger_studio.api.limits import LARGEST_PAGE
from trigger_studio.api.paging import MAX_CURSOR
from trigger_studio.model.event import MAX_ID

RuleId = Annotated[str, Path(description="The rule's id.", pattern="^[a-z0-9][a-z0-9-]{0,63}$", examples=["qa-first"])]
AnyId = Annotated[str, Path(min_length=1, max_length=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="So many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=MAX_CURSOR, pattern="^[A-Za-z0-9_=-]+$", description="As `next` or Link has it.")
]
Filter = Annotated[str | None, Query(min_length=1, max_length=MAX_ID)]
Descending = Annotated[bool, Query(description="The last first.")]


def given(**filters: Any) -> dict[str, Any]:
    """The filters that were given."""
    return {name: value for name, value in filters.items() if value is not None}
