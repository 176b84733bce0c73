"""Logging: plain lines or JSON, and no secret in either."""

import base64
import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus

TOKEN = re.compile(r"(xox[a-z]-|xapp-)[A-Za-z0-9-]+|(?i:bearer )\S+|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)")


def spellings(secret: str) -> set[str]:
    """How a secret looks where something else has written it: in an address, a header, JSON, the repr of a text."""
    raw = secret.encode("utf-8", "surrogateescape")
    found = {secret, quote(secret, safe="", errors="replace"), quote(secret, errors="replace"),
             quote_plus(secret, errors="replace"), json.dumps(secret)[1:-1], repr(secret)[1:-1], ascii(secret)[1:-1],
             repr(raw)[2:-1], raw.decode("latin-1")}  # fmt: skip
    coded = {encode(raw).decode("ascii").rstrip("=") for encode in (base64.b64encode, base64.urlsafe_b64encode)}
    return {one for one in found | coded if len(one) >= 6}


class Redaction(logging.Filter):
    """Replaces known secrets, and whatever looks like a token, in every record."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets: list[str] = []
        for secret in secrets:
            self.hide(secret)

    def hide(self, secret: str) -> None:
        """One more, known only now."""
        if len(secret) >= 6:
            self._secrets = sorted({*self._secrets, *spellings(secret)}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.clean(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
        return True

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return TOKEN.sub("[secret]", text)


def worth_reading(record: logging.LogRecord) -> bool:
    """Bolt gives its loggers the root's level and, at every start, advice on a token that we do not let it use."""
    return record.levelno > logging.INFO and "`token`" not in record.getMessage()


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and the trace of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def hide(secret: str) -> None:
    """Keeps one more secret out of the log from now on."""
    for handler in logging.getLogger().handlers:
        for one in handler.filters:
            if isinstance(one, Redaction):
                one.hide(secret)


def configure(style: str, secrets: Iterable[str]) -> None:
    """Sends our log to standard error; the libraries speak only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redaction(secrets))
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if style == "json" else text)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "slack_bolt", "slack_sdk", "apscheduler", "uvicorn.access", "apprise"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("slack_bolt.App").addFilter(worth_reading)
    logging.getLogger("slack_sdk.web").setLevel(logging.CRITICAL)  # what fails there is raised, and said by us once
    for secretive in ("slack_sdk.signature", "slack_bolt.middleware.request_verification"):
        logging.getLogger(secretive).setLevel(logging.CRITICAL)
