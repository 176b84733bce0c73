"""Alembic migrations. `storage.schema.upgrade` runs them; there is no alembic.ini."""
