"""A postmortem's Markdown as a web page: headings, paragraphs, lists, tables, emphasis. Everything is escaped."""

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid #ccc}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"\*(?=\S)(.+?)(?<=\S)\*")
_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s()<>]+)\)")
_TOKEN = re.compile("\ue000(\\d+)\ue001")


def to_html(markdown: str) -> str:
    """A whole page. No markup of the text survives except what these rules make."""
    title = next((line[2:] for line in markdown.splitlines() if line.startswith("# ")), "Postmortem")
    title = _ESCAPED.sub(r"\1", _unescaped(title))
    body = "\n".join(_blocks(markdown))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">\n'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _blocks(markdown: str) -> Iterator[str]:
    for kind, group in groupby(markdown.splitlines(), _kind):
        yield from BLOCKS[kind](list(group))


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    for kind, start in (("heading", "#"), ("table", "|"), ("list", "- "), ("quote", ">")):
        if line.startswith(start):
            return kind
    return "rule" if line.strip() == "---" else "text"


def _headings(lines: list[str]) -> Iterator[str]:
    for line in lines:
        level = min(len(line) - len(line.lstrip("#")), 6)
        yield f"<h{level}>{_inline(line.lstrip('#').strip())}</h{level}>"


def _table(lines: list[str]) -> Iterator[str]:
    """The first row is the head when a line of dashes follows it; an empty head is left out."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    head = rows[0] if len(rows) > 1 and all(set(cell) <= set("-: ") for cell in rows[1]) else None
    yield "<table>"
    if head is not None and any(head):
        yield "<tr>" + "".join(f"<th>{_inline(cell)}</th>" for cell in head) + "</tr>"
    for row in rows[2:] if head is not None else rows:
        yield "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"


def _list(lines: list[str]) -> Iterator[str]:
    yield "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"


def _quote(lines: list[str]) -> Iterator[str]:
    yield "<blockquote>" + "<br>".join(_inline(line[1:].strip()) for line in lines) + "</blockquote>"


def _text(lines: list[str]) -> Iterator[str]:
    yield "<p>" + "<br>\n".join(_inline(line.strip()) for line in lines) + "</p>"


BLOCKS: dict[str, Callable[[list[str]], Iterator[str]]] = {
    "heading": _headings,
    "table": _table,
    "list": _list,
    "quote": _quote,
    "text": _text,
    "rule": lambda lines: iter(["<hr>"]),
    "blank": lambda lines: iter(()),
}


def _unescaped(text: str) -> str:
    """Markdown has entities too, but only whole ones: `R&copy now` has none."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _inline(text: str) -> str:
    """Escapes first; code and backslash escapes stand aside as tokens while emphasis is looked for."""
    kept: list[str] = []

    def keep(piece: str) -> str:
        kept.append(piece)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _TOKEN.sub("", _unescaped(text))
    text = _ESCAPED.sub(lambda found: keep(html.escape(found[1])), text)
    text = html.escape(text)
    text = _CODE.sub(lambda found: keep(f"<code>{found[1]}</code>"), text)
    text = _LINK.sub(r'<a href="\2" rel="noreferrer">\1</a>', text)
    text = _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", text))
    for _ in range(2):  # an escape may stand inside code
        text = _TOKEN.sub(lambda found: kept[int(found[1])], text)
    return text
