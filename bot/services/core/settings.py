"""What the installation remembers about itself: one text per key."""

from typing import Any

from sqlmodel import Session, col, select

from bot.work import Work
from storage.models import Setting
from storage.upsert import put


def setting(session: Session, key: str) -> Any:
    row = session.get(Setting, key)
    return row.value if row else None


def set_setting(w: Work, key: str, value: Any) -> None:
    put(w.session, Setting(key=key, value=value))


def forget_settings(w: Work, prefix: str) -> None:
    """Removes every setting whose key begins with `prefix`."""
    for row in w.session.exec(select(Setting).where(col(Setting.key).startswith(prefix))):
        w.session.delete(row)
