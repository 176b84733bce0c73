"""What our connections trust, read once per process: a context costs 20 ms, and every client would make its own."""

import ssl
from functools import cache

import httpx


@cache
def trusted(*, environment: bool) -> ssl.SSLContext:
    """The authorities that httpx brings along, or with `environment` those of SSL_CERT_FILE or SSL_CERT_DIR if set."""
    return httpx.create_ssl_context(trust_env=environment)
