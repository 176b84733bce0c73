"""Links of an incident: when one was removed, and the bookmark above its room."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incidentlink", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incidentlink", sa.Column("bookmark", sa.String(), nullable=True))
    op.add_column("incidentlink", sa.Column("channel", sa.String(), nullable=True))
    op.add_column("incidentlink", sa.Column("shown", sa.Text(), nullable=True))
