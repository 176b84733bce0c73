"""What is kept and shown of an error: its kind and place. Its own words, and its repr above all, may hold a secret."""

import ast
import base64
import json
import logging
import sys
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

from bot import logs
from bot.engine.settlement import fault
from tests.sources import files, tree

SOURCES = [*files("bot", at_least=300), *files("handlers", at_least=50), *files("storage", at_least=25)]
SECRETS = (
    "pässwörd-√2",
    "秘密のパスワード",
    "with space/+&=%20",
    "back\\slash'quote\"",
    "canary-plain-123",
    "mañana\ttab",
)


def caught(read: ast.AST) -> Iterator[tuple[ast.ExceptHandler, str]]:
    for node in ast.walk(read):
        if isinstance(node, ast.ExceptHandler) and node.name:
            yield node, node.name


def shows_repr(handler: ast.ExceptHandler, name: str) -> Iterator[int]:
    """Lines that write the repr of the error that was caught."""
    for node in ast.walk(handler):
        if isinstance(node, ast.FormattedValue) and node.conversion in (114, 97) and _is(node.value, name):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("repr", "ascii"):
            yield from (node.lineno for one in node.args if _is(one, name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "%r" in node.value:
            yield node.lineno


def _is(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def test_no_repr_of_an_error_is_written_anywhere() -> None:
    found = [
        f"{path}:{line}"
        for path in SOURCES
        for handler, name in caught(tree(path))
        for line in shows_repr(handler, name)
    ]
    assert found == []


def test_the_look_for_it_finds_one() -> None:
    for line in ('f"{error!r}"', "repr(error)", 'f"{error.args!r}"', 'log("%r", error)', 'f"{ascii(error)}"'):
        read = ast.parse(f"try:\n    x\nexcept Exception as error:\n    y = {line}\n")
        assert [found for handler, name in caught(read) for found in shows_repr(handler, name)], line


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_kept_of_an_error_has_its_kind_and_place_only(secret: str) -> None:
    for error in (
        UnicodeEncodeError("ascii", secret, 0, 1, "ordinal not in range"),
        KeyError(secret), ValueError(f"bad key {secret}"), OSError(5, secret, secret), RuntimeError(secret.encode()),
    ):  # fmt: skip
        try:
            raise error
        except Exception as raised:
            kept = fault(raised)
        assert type(error).__name__ in kept
        assert "test_secrets_in_errors.py" in kept
        assert not any(one in kept for one in logs.spellings(secret))


@pytest.mark.parametrize("secret", SECRETS)
def test_no_spelling_of_a_secret_is_logged(secret: str) -> None:
    raw = secret.encode()
    shown = {
        "as it is": secret, "repr": repr(secret), "ascii": ascii(secret), "bytes": repr(raw),
        "in an address": quote(secret, safe=""), "in a form": quote_plus(secret), "in JSON": json.dumps(secret),
        "in a header": base64.b64encode(raw).decode(), "read as another encoding": raw.decode("latin-1"),
        "of an error": repr(UnicodeEncodeError("ascii", secret, 0, 1, "x")),
    }  # fmt: skip
    redaction = logs.Redaction([secret])
    for how, text in shown.items():
        try:
            raise ValueError(text)
        except ValueError:
            record = logging.LogRecord("x", logging.ERROR, "x", 1, "said %s", (text,), sys.exc_info())
        redaction.filter(record)
        left = f"{record.getMessage()} {record.exc_text}"
        assert not any(one in left for one in logs.spellings(secret)), how
        assert "[secret]" in left, how
