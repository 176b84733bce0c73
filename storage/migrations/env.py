"""Run by Alembic: migrates the connection that `storage.schema` hands over, inside its transaction."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
)
context.run_migrations()
