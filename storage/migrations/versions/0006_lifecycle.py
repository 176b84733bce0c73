"""The further life of an incident: triage, merging, waiting, more clocks, ticked checklists."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("unaccepted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("detection", sa.String(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_for", sa.Text(), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("incident", column)
    where = sa.text("merged_into IS NOT NULL")
    op.create_index("incident_merged", "incident", ["merged_into"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "checklisttick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incident", "item"),
    )
    op.create_index("ix_checklisttick_incident", "checklisttick", ["incident"], unique=False)
