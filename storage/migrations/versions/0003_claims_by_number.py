"""Claims ask for deliveries by their numbers, so that no index has to keep what is open in the order of its urgency."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("delivery_open", table_name="delivery")
