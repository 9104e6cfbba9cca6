"""The first schema."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("firing_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("idx", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("result_json", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("ref", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("detail", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("firing_id", "idx", name=op.f("pk_actions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "approvals",
        sa.Column("trigger_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("approved_by", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("trigger_id", "digest", name=op.f("pk_approvals")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("verb", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("data_json", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "bus",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("signal_json", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_bus")),
    )
    with op.batch_alter_table("bus", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bus_seq"),
            ["seq"],
            unique=False,
            sqlite_where=sa.text("signal_json is not null"),
            postgresql_where=sa.text("signal_json is not null"),
        )

    op.create_table(
        "bus_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bus_clock")),
    )
    op.create_table(
        "completions",
        sa.Column("firing_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("rule_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("parent_kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("newest", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("members_json", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("firing_id", name=op.f("pk_completions")),
    )
    with op.batch_alter_table("completions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_completions_rule_id_parent_id_parent_kind_newest"),
            ["rule_id", "parent_id", "parent_kind", "newest"],
            unique=False,
        )

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("firing_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("request_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("attempts_max", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("backoff_s", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_error", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("due_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("settled_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("carrier", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("result_json", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliveries_id"),
            ["id"],
            unique=False,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    op.create_table(
        "drafts",
        sa.Column("trigger_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("base_revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.Double(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("trigger_id", "owner", name=op.f("pk_drafts")),
    )
    op.create_table(
        "engines",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("host", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("lag_s", sa.Double(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engines")),
    )
    op.create_table(
        "entities",
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("character", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("attributes_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("status_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status_depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_entities")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entities_character_kind"), ["character", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_entities_project_kind"), ["project", "kind"], unique=False)

    op.create_table(
        "events",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("character", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("attributes_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("cause", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("caused_by", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
        sa.UniqueConstraint("id", name=op.f("uq_events_id")),
    )
    op.create_table(
        "firings",
        sa.Column(
            "event_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("chain", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("stalled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("retries", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_seq", "place", name=op.f("pk_firings")),
        sa.UniqueConstraint("event_seq", "rule_id", name=op.f("uq_firings_event_seq_rule_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("firings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_firings_chain"), ["chain"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_firings_entity_id_entity_started_at"), ["entity_id", "entity", "started_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_firings_status"),
            ["status"],
            unique=False,
            sqlite_where=sa.text("status in ('held', 'running', 'waiting')"),
            postgresql_where=sa.text("status in ('held', 'running', 'waiting')"),
        )

    op.create_table(
        "gates",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("firing_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("approvers", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("message", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("opened_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("answered_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("answered_by", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("answer_reason", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gates")),
    )
    with op.batch_alter_table("gates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gates_due_at"),
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )

    op.create_table(
        "halts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("scope", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("target", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("set_by", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("lifted_at", sa.Double(), autoincrement=False, nullable=True),
        sa.Column("lifted_by", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_halts")),
    )
    op.create_table(
        "job_targets",
        sa.Column("entity_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "kind", "job_id", name=op.f("pk_job_targets")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("job_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("firing_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("event_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("character", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("params_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submitted_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("result_json", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("about_kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("about_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("lease_owner", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("lease_until", sa.Double(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_jobs_about_id_about_kind"),
            ["about_id", "about_kind"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.create_index(
            batch_op.f("ix_jobs_due_at_seq"),
            ["due_at", "seq"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )

    op.create_table(
        "log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("data_json", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_event_seq_place"), ["event_seq", "place"], unique=False)

    op.create_table(
        "positions",
        sa.Column("node_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("x", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("y", sa.Double(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("node_id", name=op.f("pk_positions")),
    )
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_json", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
    )
    op.create_table(
        "trigger_revisions",
        sa.Column("trigger_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_json", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("author", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("trigger_id", "revision", name=op.f("pk_trigger_revisions")),
    )
    op.create_table(
        "triggers",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("event_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("entity_kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("conditions", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("join_spec", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("actions", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("max_depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("priority", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("updated_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("updated_by", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triggers")),
    )
    op.create_table(
        "versions",
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_versions")),
    )
    op.execute("INSERT INTO bus_clock (id, seq) VALUES (1, 0)")
    op.execute("INSERT INTO versions (name, version) VALUES ('rules', 1)")
    op.execute(
        sa.text("INSERT INTO versions (name, version) VALUES ('installation', :drawn)").bindparams(
            drawn=secrets.randbits(48)
        )
    )
