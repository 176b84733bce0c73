"""Who may speak as Slack: size, time and signature of a request are checked before Bolt sees it.

Bolt answers 500 to a broken timestamp, body or JSON; here each has its own refusal, and nothing raises.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qs

MAX_BODY = 1024 * 1024
TOLERANCE = 300
"""Seconds that the sender's clock may be off, as Slack advises."""
_TIMESTAMP = re.compile(r"[0-9]{9,11}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Refused(Exception):
    """The request goes no further; `status` is the HTTP answer, the text says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def guard(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: datetime) -> str:
    """The body as text, when one of `secrets` signed it within five minutes of `now` (real time).

    Header names are lower case. Raises Refused 413, 401 or 400, in that order.
    """
    if len(raw) > MAX_BODY:
        raise Refused(413, "the body is larger than 1 MiB")
    _check_signature(headers, raw, secrets, now)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the body is not UTF-8") from None
    _check_content(headers.get("content-type", ""), text)
    return text


def _check_signature(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: datetime) -> None:
    stamp = headers.get("x-slack-request-timestamp", "")
    given = headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(given):
        raise Refused(401, "the request is not signed")
    if abs(now.timestamp() - int(stamp)) > TOLERANCE:
        raise Refused(401, "the request is more than five minutes old or new: check the clock")
    matches = [hmac.compare_digest(signature(secret, stamp, raw), given) for secret in secrets if secret]
    if not any(matches):
        raise Refused(401, "the signature is wrong: check SLACK_SIGNING_SECRET")


def signature(secret: str, stamp: str, raw: bytes) -> str:
    """Slack's v0 signature: HMAC-SHA256 over `v0:timestamp:body`."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()


def _check_content(content_type: str, text: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        _require_object(text)
    elif kind == "application/x-www-form-urlencoded":
        for payload in _form(text).get("payload", ()):
            _require_object(payload)
    else:
        raise Refused(400, "the body is neither JSON nor a form")


def _form(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise Refused(400, "the form cannot be read") from None


def _require_object(text: str) -> None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(400, "the JSON cannot be read") from None
    if not isinstance(value, dict):
        raise Refused(400, "the JSON is not an object")


def is_ssl_check(raw: bytes) -> bool:
    """Slack's own look at our certificate, which it does not sign and which does nothing."""
    return len(raw) < 1000 and raw.startswith(b"ssl_check=1") and b"command=" not in raw and b"payload=" not in raw
