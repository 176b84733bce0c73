"""Rooms that others have followed, and the names by which Slack shows people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "formerroom",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.add_column("member", sa.Column("display_name", sa.String(), nullable=False, server_default=""))
