"""The ticket of an incident in a tracker."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON() if op.get_bind().dialect.name != "postgresql" else op.get_bind().dialect.ischema_names["jsonb"]()
    op.add_column("incident", sa.Column("ticket", json, nullable=True))
