"""People who say that it affects them too, and own fields of incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("complaint_count", sa.Integer(), nullable=False, server_default=sa.text("0")))
    json = sa.JSON() if op.get_bind().dialect.name != "postgresql" else op.get_bind().dialect.ischema_names["jsonb"]()
    op.add_column("incident", sa.Column("own", json, nullable=True))
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incident", "person"),
    )
    op.create_index("ix_complaint_incident", "complaint", ["incident"], unique=False)
