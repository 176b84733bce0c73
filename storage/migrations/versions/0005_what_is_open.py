"""Indexes by which what is open, or new, is found beside years of what is over."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _partial("delivery_past", "delivery", ["lane", "id"], "state IN ('sent','failed','dropped')")
    _partial("incident_open", "incident", ["number"], "status IN ('triage','investigating','identified','monitoring')")
    _partial("page_waiting", "page", ["slack"], "state IN ('owed','sent')")
    _partial("escalation_live", "escalation", ["incident"], "state IN ('running','paused','exhausted')")
    op.drop_index("ix_escalation_state", "escalation")
    op.create_index("ix_escalation_parent", "escalation", ["parent"], unique=False)
    op.create_index("incident_by_status", "incident", ["status", "number"], unique=False)
    op.drop_index("ix_incident_status", "incident")
    op.create_index("ix_incident_resolved_at", "incident", ["resolved_at"], unique=False)
    op.create_index("ix_incident_channel_name", "incident", ["channel_name"], unique=False)
    op.create_index("ix_page_owed_at", "page", ["owed_at"], unique=False)
    op.create_index("ix_pagestep_settled_at", "pagestep", ["settled_at"], unique=False)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
