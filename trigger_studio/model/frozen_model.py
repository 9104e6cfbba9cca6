"""What rules and profiles are made of: values that are checked where they come in."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A value of a document: unknown keys are refused, nothing is converted, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
