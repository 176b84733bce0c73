"""A sentence of ours that names commands: what stands between backticks is shown as code, the rest as plain text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.rendering import untrusted
from bot.rendering.values import Value, When

_CODE = re.compile(r"`([^`]*[^`\s][^`]*)`")
Show = Callable[[str], str]
LONGEST = 900
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True)
class Sentence(Value):
    """May quote text that is not ours: it can become code at most, never a mention, a link or bold text."""

    text: str

    def mrkdwn(self) -> str:
        return self._shown(lambda part: "".join(untrusted.mrkdwn(part)), lambda code: f"`{code.translate(_ENTITIES)}`")

    def plain(self) -> str:
        return self._line()

    def markdown(self) -> str:
        return self._shown(lambda part: "".join(untrusted.markdown(part)), lambda code: f"`{code}`")

    __str__ = plain

    def _line(self) -> str:
        line = untrusted.one_line(untrusted.clean(self.text))
        return untrusted.cut(list(line), LONGEST)

    def _shown(self, prose: Show, code: Show) -> str:
        shown, end, line = [], 0, self._line()
        for span in _CODE.finditer(line):
            shown += [prose(line[end : span.start()]), code(span.group(1))]
            end = span.end()
        return "".join([*shown, prose(line[end:])])


@dataclass(frozen=True)
class Dated(Value):
    """Stored text in which times stand: each is shown on the clock of who reads it, as every time beside it is."""

    parts: tuple[str | When, ...]

    def mrkdwn(self) -> str:
        return self._shown(untrusted.mrkdwn, When.mrkdwn)

    def plain(self) -> str:
        return self._shown(untrusted.plain, When.plain)

    def markdown(self) -> str:
        return self._shown(untrusted.markdown, When.markdown)

    def _shown(self, prose: untrusted.Escape, time: Callable[[When], str]) -> str:
        shown, room = [], LONGEST
        for part in self.parts:
            if isinstance(part, When):
                shown.append(time(part))
            else:
                text = untrusted.one_line(f".{untrusted.clean(part)}.")[1:-1][: max(room, 0)]  # keeps space at the ends
                room -= len(text)
                shown.append("".join(prose(text)))
        return "".join(shown)

    __str__ = plain
