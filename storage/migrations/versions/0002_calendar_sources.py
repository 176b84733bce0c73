"""Which calendar an imported entry came from, and the further overrides that it took."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calendarimport", sa.Column("source", sa.String(), nullable=True))
    op.add_column("calendarimport", sa.Column("more", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True))
    op.add_column("calendarimport", sa.Column("summary", sa.Text(), nullable=False, server_default=""))
