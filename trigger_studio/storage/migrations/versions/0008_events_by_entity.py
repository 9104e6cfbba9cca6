"""Events by their entity; and approvals that an edit or a deletion had ended are gone for good."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENDED = """
    DELETE FROM approvals WHERE NOT EXISTS (
        SELECT 1 FROM triggers t WHERE t.id = approvals.trigger_id AND t.digest = approvals.digest
    ) OR EXISTS (
        SELECT 1 FROM trigger_revisions r WHERE r.trigger_id = approvals.trigger_id AND r.at > approvals.at
        AND (r.digest IS NULL OR r.digest <> approvals.digest)
    )
"""


def upgrade() -> None:
    op.create_index(op.f("ix_events_entity_id_entity_seq"), "events", ["entity_id", "entity", "seq"])
    op.execute(sa.text(ENDED))
