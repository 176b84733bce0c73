"""The ticket of an incident in a tracker."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("ticket", sa.String(), nullable=False, server_default="none"))
    for name in ("ticket_key", "ticket_id", "ticket_url", "ticket_status"):
        op.add_column("incident", sa.Column(name, sa.String(), nullable=True))
