"""The key that signs links: given by the installation, or made at the first start and kept in the database."""

import secrets

from bot.domain.core.people import TOCSIN
from bot.services.core import settings
from bot.work import WorkFactory
from storage.models import Setting
from storage.upsert import dialect, upsert

NAME = "signing.key"


def signing_key(desk: WorkFactory, given: str) -> bytes:
    """The same for every replica and after every restart, so that a link that was sent stays good."""
    if given:
        return given.encode()
    with desk.read() as session:
        kept = settings.setting(session, NAME)
    if kept is None:
        with desk.work(TOCSIN) as w:
            made = upsert(dialect(w.session), Setting).on_conflict_do_nothing()
            w.session.connection().execute(made, {"key": NAME, "value": secrets.token_hex(32)})
            kept = settings.setting(w.session, NAME)  # another replica may have been first
    return bytes.fromhex(str(kept))
