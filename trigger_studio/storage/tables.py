"""The tables, one schema for SQLite and PostgreSQL.

Columns ending in `_json` hold canonical JSON as text, written by us on both databases. Times are seconds since the
epoch on the engine's clock. `seq` is a place in the one commit order that `bus_clock` hands out.
"""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.storage.api_tables import request_keys, tokens
from trigger_studio.storage.columns import Big, Bool, Int, Real, Text, metadata
from trigger_studio.storage.columns import column as _column
from trigger_studio.storage.columns import partial as _partial
from trigger_studio.storage.columns import serial as _serial
from trigger_studio.storage.join_tables import coverings, join_counts, join_groups, join_members
from trigger_studio.storage.upkeep_tables import archive, engines, preferences, settings

__all__ = [  # besides those made here
    "archive", "coverings", "engines", "join_counts", "join_groups", "join_members", "metadata", "preferences",
    "request_keys", "settings", "tokens",
]  # fmt: skip

OPEN_JOB = sa.text("state = 'submitted'")
LIVE_FIRING = sa.text("status in ('held', 'running', 'waiting')")
FOLLOWING = sa.text("chain <> id")
SIGNAL = sa.text("signal_json is not null")
PENDING = sa.text("status = 'pending'")
WAITING = sa.text("status = 'waiting'")
IN_BATCH = sa.text("batch is not null")
QUEUED = sa.text("queue is not null")
FAILURE = sa.text("kind = 'failed'")


# the pipeline -------------------------------------------------------------------------------------------------------

profiles = sa.Table(  # one row: the profile in force
    "profiles", metadata,
    _column("id", Int, key=True),
    _column("document_json", Text),
)  # fmt: skip

entities = sa.Table(
    "entities", metadata,
    _column("kind", Text, key=True),
    _column("id", Text, key=True),
    _column("name", Text),
    _column("status", Text),
    _column("project", Text, null=True),
    _column("character", Text, null=True),
    _column("attributes_json", Text),
    _column("status_seq", Big),   # commit order of the last write of the status
    _column("changed_seq", Big),  # commit order of its last real change
    _column("status_depth", Int),  # depth of the event or firing behind that change
    sa.Index(None, "project", "kind"),
    sa.Index(None, "character", "kind"),
    sqlite_with_rowid=False,
)  # fmt: skip

jobs = sa.Table(
    "jobs", metadata,
    _column("id", Text, key=True),
    _column("job_type", Text),
    _column("firing_id", Text),
    _column("action", Int, null=True),  # index of the action that waits for it; null when none does
    _column("event_id", Text),
    _column("project", Text, null=True),
    _column("character", Text, null=True),
    _column("params_json", Text),
    _column("depth", Int),
    _column("chain", Text),
    _column("state", Text),  # submitted, completed, failed
    _column("seq", Big),
    _column("submitted_at", Real),
    _column("due_at", Real),  # when the simulated farm ends it
    _column("result_json", Text, null=True),
    _column("about_kind", Text),  # the entity of the event that led to it
    _column("about_id", Text),
    _column("lease_owner", Text, null=True),  # a farm worker's, with its end
    _column("lease_until", Real, null=True),
    _partial("about_id", "about_kind", where=OPEN_JOB),
    _partial("due_at", "seq", where=OPEN_JOB),
)  # fmt: skip

job_targets = sa.Table(  # other entities that a job's parameters name, and its events will be about
    "job_targets", metadata,
    _column("entity_id", Text, key=True),
    _column("kind", Text, key=True),
    _column("job_id", Text, key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# the bus ------------------------------------------------------------------------------------------------------------

bus_clock = sa.Table(  # one row: taking a number from it orders the commits
    "bus_clock", metadata,
    _column("id", Int, key=True),
    _column("seq", Big),
    _column("joins", Bool, null=True),  # whether anything was ever kept in `join_groups`
)  # fmt: skip

events = sa.Table(  # append-only
    "events", metadata,
    _column("seq", Big, key=True),
    _column("id", Text),
    _column("type", Text),
    _column("entity", Text),
    _column("entity_id", Text),
    _column("project", Text, null=True),
    _column("character", Text, null=True),
    _column("attributes_json", Text),
    _column("occurred_at", Text),
    _column("job_id", Text, null=True),
    _column("cause", Text, null=True),
    _column("caused_by", Text, null=True),
    _column("depth", Int),
    _column("chain", Text),
    _column("content_hash", Text),
    sa.UniqueConstraint("id"),
    _partial("chain", "seq", where=FOLLOWING),
    sa.Index(None, "entity_id", "entity", "seq"),
)  # fmt: skip

bus = sa.Table(  # what is still to be decided; a row goes when it is
    "bus", metadata,
    _column("seq", Big, key=True),
    _column("lane", Text),
    _column("at", Real),  # when it was put here, on the machine's clock: how far the engines lag
    _column("signal_json", Text, null=True),  # null: the event of this seq
    _partial("seq", where=SIGNAL),
)  # fmt: skip

intakes = sa.Table(  # large inputs on their way to the bus, see storage/staging.py
    "intakes", metadata,
    _serial("id"),
    _column("since", Big),  # every event up to here in the commit order was looked at for duplicates
    _column("size", Big),  # places given out; -1: abandoned
    _column("first", Big, null=True),  # once published: the place of its first event in the commit order
    _column("moved", Big),  # of its places, those whose events are on the bus
    _column("seen_at", Real),  # the last sign of life of whoever stages
    sa.Index(None, "first"),
)  # fmt: skip

staged = sa.Table(  # their events, as they will be stored
    "staged", metadata,
    _column("intake", Big, key=True),
    _column("place", Big, key=True),
    *[_column(c.name, c.type, null=bool(c.nullable)) for c in events.columns if c.name != "seq"],
    _column("lane", Text),
    sa.UniqueConstraint("id", "intake"),
    sa.Index(None, "entity_id", "entity", "intake", "place"),
    _partial("chain", where=FOLLOWING),
    sqlite_with_rowid=False,
)  # fmt: skip

# rules --------------------------------------------------------------------------------------------------------------

triggers = sa.Table(
    "triggers", metadata,
    _column("id", Text, key=True),
    _column("event_type", Text),
    _column("entity_kind", Text),
    _column("scope", Text),
    _column("conditions", Text, null=True),
    _column("join_spec", Text, null=True),
    _column("actions", Text),
    _column("mode", Text),
    _column("max_depth", Int),
    _column("enabled", Bool),
    _column("name", Text),
    _column("description", Text),
    _column("project", Text, null=True),
    _column("priority", Int),
    _column("revision", Int),
    _column("digest", Text),
    _column("updated_at", Real),
    _column("updated_by", Text),
    _column("coalesce", Text, null=True),
)  # fmt: skip

trigger_revisions = sa.Table(  # append-only; a deletion is a revision without a document
    "trigger_revisions", metadata,
    _column("trigger_id", Text, key=True),
    _column("revision", Int, key=True),
    _column("document_json", Text, null=True),
    _column("digest", Text, null=True),
    _column("at", Real),
    _column("author", Text),
)  # fmt: skip

drafts = sa.Table(
    "drafts", metadata,
    _column("trigger_id", Text, key=True),
    _column("owner", Text, key=True),
    _column("base_revision", Int),  # 0: the rule is new
    _column("document_json", Text),
    _column("saved_at", Real),
)  # fmt: skip

positions = sa.Table(  # where people dragged nodes; no part of any revision
    "positions", metadata,
    _column("node_id", Text, key=True),
    _column("x", Real),
    _column("y", Real),
)  # fmt: skip

approvals = sa.Table(
    "approvals", metadata,
    _column("trigger_id", Text, key=True),
    _column("digest", Text, key=True),
    _column("at", Real),
    _column("approved_by", Text),
)  # fmt: skip

versions = sa.Table(  # rules: counts up with rules, approvals and profile; installation: drawn once, at random
    "versions", metadata,
    _column("name", Text, key=True),
    _column("version", Big),
)  # fmt: skip

halts = sa.Table(
    "halts", metadata,
    _serial("id"),
    _column("scope", Text),  # all, project, rule
    _column("target", Text),  # id of the project or rule; empty for all
    _column("reason", Text),
    _column("at", Real),
    _column("set_by", Text),
    _column("lifted_at", Real, null=True),
    _column("lifted_by", Text, null=True),
)  # fmt: skip

# firings ------------------------------------------------------------------------------------------------------------

firings = sa.Table(  # held and refused ones among them: every verdict on a match
    "firings", metadata,
    _column("event_seq", Big, key=True),
    _column("place", Int, key=True),  # 1, 2, … in the order of action; the id is f<event_seq>-<place>
    _column("rule_id", Text),
    _column("revision", Int),
    _column("event_id", Text),
    _column("cause", Text, null=True),
    _column("chain", Text),
    _column("depth", Int),
    _column("project", Text, null=True),
    _column("entity", Text),
    _column("entity_id", Text),
    _column("at", Real),
    _column("started_at", Real, null=True),
    _column("status", Text),
    _column("reason", Text, null=True),
    _column("stalled", Bool),
    _column("retries", Int),
    _column("batch", Text, null=True),  # id of the firing that acts for it and others; while they gather, of the first
    _column("counted_at", Real, null=True),  # when limits counted it, last
    _column("counted_jobs", Int, null=True),  # what was counted for it then
    _column("counted_hours", Big, null=True),  # in millionths
    _column("queue", Text, null=True),  # where it waits for room in the limits; see model/firing.py
    _column("counted_rates_json", Text, null=True),  # GPU-hours of a job of each type, in millionths, as counted then
    sa.UniqueConstraint("event_seq", "rule_id"),  # at most one firing per (rule, event)
    sa.Index(None, "entity_id", "entity", "started_at"),
    _partial("status", where=LIVE_FIRING),
    sa.Index(None, "chain"),
    _partial("batch", where=IN_BATCH),
    _partial("queue", "event_seq", "place", where=QUEUED),
    sqlite_with_rowid=False,
)  # fmt: skip

batches = sa.Table(  # those that gather
    "batches", metadata,
    _column("rule_id", Text, key=True),
    _column("lane", Text, key=True),
    _column("id", Text),  # of the firing that opened it
    _column("due_at", Real),
    _column("seq", Big),  # commit order of its opening
    _column("size", Int),
    _column("called", Bool),  # its time is up: a signal on the bus says so
)  # fmt: skip

actions = sa.Table(  # reached actions only
    "actions", metadata,
    _column("firing_id", Text, key=True),
    _column("idx", Int, key=True),
    _column("status", Text),
    _column("attempts", Int),
    _column("taken", Text, null=True),
    _column("result_json", Text, null=True),
    _column("ref", Text, null=True),
    _column("detail", Text, null=True),
    sqlite_with_rowid=False,
)  # fmt: skip

completions = sa.Table(
    "completions", metadata,
    _column("firing_id", Text, key=True),
    _column("rule_id", Text),
    _column("parent_kind", Text),
    _column("parent_id", Text),
    _column("newest", Big),
    _column("members_json", Text),
    sa.Index(None, "rule_id", "parent_id", "parent_kind", "newest"),
)  # fmt: skip

deliveries = sa.Table(
    "deliveries", metadata,
    _column("id", Text, key=True),
    _column("firing_id", Text),
    _column("action", Int),
    _column("lane", Text),
    _column("kind", Text),
    _column("request_json", Text),
    _column("attempts_max", Int),
    _column("backoff_s", Real),
    _column("status", Text),  # pending, done, failed
    _column("attempts", Int),
    _column("last_error", Text, null=True),
    _column("due_at", Real, null=True),
    _column("settled_at", Real, null=True),
    _column("carrier", Text),  # executor id of the engine that carries it
    _column("result_json", Text, null=True),  # what the other side answered
    _column("chain", Text, null=True),  # null in rows of before this column
    _column("begun", Int, null=True),  # the last try that began; above `attempts`, its result is not known
    _column("repeats", Int, null=True),  # tries that began again after such a one
    _partial("id", where=PENDING),
)  # fmt: skip

gates = sa.Table(
    "gates", metadata,
    _column("id", Text, key=True),
    _column("firing_id", Text),
    _column("action", Int),
    _column("lane", Text),
    _column("approvers", Text),
    _column("message", Text),
    _column("due_at", Real, null=True),
    _column("opened_at", Real),
    _column("seq", Big),  # commit order of the opening
    _column("status", Text),  # waiting, approved, refused, timed_out
    _column("answered_at", Real, null=True),
    _column("answered_by", Text, null=True),
    _column("answer_reason", Text, null=True),
    _partial("due_at", where=WAITING),
)  # fmt: skip

tallies = sa.Table(  # what limits count, remembered as long as one looks back to it
    "tallies", metadata,
    _serial("id"),
    _column("kind", Text),  # started, failed
    _column("rule_id", Text),
    _column("project", Text, null=True),
    _column("at", Real),
    _column("firings", Int),  # 0: what a firing takes was not what had been counted
    _column("hours", Big),  # GPU-hours, in millionths
    sa.Index(None, "kind", "at"),
    _partial("rule_id", "at", where=FAILURE),
)  # fmt: skip

limit_sums = sa.Table(  # what a limit's window holds
    "limit_sums", metadata,
    _column("scope", Text, key=True),
    _column("target", Text, key=True),
    _column("kind", Text, key=True),
    _column("low", Real),  # what was taken after this
    _column("used", Big),  # in millionths
)  # fmt: skip

clicks = sa.Table(  # what chains took, for their ceilings
    "clicks", metadata,
    _column("chain", Text, key=True),
    _column("firings", Big),
    _column("jobs", Big),
    _column("hours", Big),  # GPU-hours, in millionths
    _column("grants", Int),  # how often somebody gave it its ceiling once more
    sqlite_with_rowid=False,
)  # fmt: skip

log = sa.Table(  # append-only: one record a firing and transaction, folded for reading
    "log", metadata,
    _serial("id"),
    _column("event_seq", Big),
    _column("place", Int),
    _column("at", Real),
    _column("data_json", Text),
    sa.Index(None, "event_seq", "place"),
)  # fmt: skip

audit = sa.Table(  # append-only: what people did
    "audit", metadata,
    _serial("id"),
    _column("at", Real),
    _column("actor", Text),
    _column("verb", Text),
    _column("subject", Text),
    _column("data_json", Text),
)  # fmt: skip
