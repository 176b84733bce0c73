"""Problems: the permanent fix of several incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNFIXED = "state IN ('open','known_error')"


def upgrade() -> None:
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("workaround", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    where = {"sqlite_where": sa.text(UNFIXED), "postgresql_where": sa.text(UNFIXED)}
    op.create_index("problem_open", "problem", ["id"], unique=False, **where)
    op.create_table(
        "problemincident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.ForeignKeyConstraint(["problem"], ["problem.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("problem", "incident"),
    )
    op.create_index("ix_problemincident_incident", "problemincident", ["incident"], unique=False)
