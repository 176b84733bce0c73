"""What the installation remembers about itself: one text per key."""

from typing import Any

from sqlmodel import Session, col, select

from bot.work import Work
from storage.models import Setting
from storage.upsert import dialect, put, upsert


def setting(session: Session, key: str) -> Any:
    row = session.get(Setting, key)
    return row.value if row else None


def set_setting(w: Work, key: str, value: Any) -> None:
    put(w.session, Setting(key=key, value=value))


def changed(w: Work, key: str, value: Any) -> bool:
    """Stores it; whether it was another before. Of several who store the same at one moment, one is told so."""
    w.session.flush()
    table = Setting.__table__  # type: ignore[attr-defined]
    insert = upsert(dialect(w.session), Setting).values(key=key, value=value)
    new = insert.excluded.value
    stored = insert.on_conflict_do_update(index_elements=["key"], set_={"value": new}, where=table.c.value != new)
    told = w.session.connection().execute(stored.returning(table.c.key)).first()
    if (known := w.session.identity_map.get(w.session.identity_key(Setting, (key,)))) is not None:
        w.session.expire(known)
    return told is not None


def forget_settings(w: Work, prefix: str) -> None:
    """Removes every setting whose key begins with `prefix`."""
    for row in w.session.exec(select(Setting).where(col(Setting.key).startswith(prefix))):
        w.session.delete(row)
