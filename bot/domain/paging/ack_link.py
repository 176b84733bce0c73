"""The signed link that acknowledges a page: which page, until when, and a signature that nobody else can make."""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LIFETIME = timedelta(hours=24)
_FIELDS = struct.Struct(">QQ")
_PURPOSE = b"tocsin acknowledge link v1:"


class BadLink(Exception):
    """Nobody here made this link."""


class OldLink(Exception):
    """The link was ours, and its time is over."""


@dataclass(frozen=True)
class AckLinks:
    """`base_url` is this installation's public address; without one there are no links."""

    base_url: str
    key: bytes

    def url(self, page: int, now: datetime) -> str:
        """The address that acknowledges this page for a day, "" without a public address."""
        return f"{self.base_url.rstrip('/')}/ack/{sign(self.key, page, now + LIFETIME)}" if self.base_url else ""


def sign(key: bytes, page: int, until: datetime) -> str:
    """The token: page and last second, then HMAC-SHA256 over both, as unpadded URL-safe base64."""
    fields = _FIELDS.pack(page, int(until.timestamp()))
    return base64.urlsafe_b64encode(fields + _signature(key, fields)).rstrip(b"=").decode()


def read(key: bytes, token: str, now: datetime) -> int:
    """The page of a token. Raises BadLink, and OldLink for one of ours that is over."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadLink() from None
    fields, given = raw[: _FIELDS.size], raw[_FIELDS.size :]
    if len(fields) != _FIELDS.size or not hmac.compare_digest(given, _signature(key, fields)):
        raise BadLink()
    page, until = _FIELDS.unpack(fields)
    if now > datetime.fromtimestamp(until, tz=UTC):
        raise OldLink()
    return int(page)


def _signature(key: bytes, fields: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + fields, hashlib.sha256).digest()
