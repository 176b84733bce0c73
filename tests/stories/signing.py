"""Signs a request as Slack does."""

import time
from datetime import UTC, datetime

from handlers.web.guard import signature

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECRET = "a-signing-secret"


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET, kind: str = "json") -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    content = "application/json" if kind == "json" else "application/x-www-form-urlencoded"
    return {
        "content-type": content,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature(secret, stamp, body),
    }
