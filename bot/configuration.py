"""Holds the configuration in force: read again when the file changes. A wrong file changes nothing, and neither does
one that is gone, empty, or without what is needed now; the last is tried again until nothing needs it.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import clock as clocks
from bot.catalog import Catalog, ConfigError, load, load_text

STALE = "the file was replaced, but this process still sees the old one: only it is mounted; mount its folder instead."
NOT_TAKEN = "the new configuration was rejected, the one before stays active: %s"
AGAIN = 30.0
"""Seconds after which a file that lacked something needed is tried again."""
_log = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None
Lost = Callable[[Catalog, Catalog], Sequence[str]]
Keep = Callable[[str, Catalog | None, Catalog], None]


class Configuration:
    """`catalog()` is the last good one. `problems` say why a newer file was not taken, each with its place.

    `lost(old, new)` says what a new one takes away although it is needed; `keep(text, old, new)` remembers the text in
    force, and is told what was in force before.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._began_with_file = self._seen is not None
        self._unread: ConfigError | None = None
        try:
            self._catalog = load(path if path.exists() else None)
        except ConfigError as error:  # `resume` raises it, or does without
            self._catalog, self._unread = load(None), error
        self._gone_before = False
        self._again: float | None = None
        self.lost: Lost = lambda old, new: ()
        self.keep: Keep = lambda text, old, new: None
        self._text = _text(path) if self._unread is None else ""
        self.problems: list[str] = []

    def catalog(self) -> Catalog:
        return self._catalog

    def resume(self, former: str | None, lost: Lost, paging: Callable[[], bool]) -> None:
        """Called once at the start: the text that was in force before stays so, while an incident is paged that needs
        it, or while the file cannot be read. Raises ConfigError for such a file while no one is paged."""
        before = self._former(former)
        old = before if paging() else None
        if self._unread is not None:
            if old is None:
                raise self._unread
            problems = self._nothing_there() or [str(one) for one in self._unread.problems]
        else:
            gone = lost(old, self._catalog) if old is not None and old.digest != self._catalog.digest else ()
            problems = (self._nothing_there(begun=True) or self._said(gone)) if gone else []
            problems = problems or (self._cut_off(former or "", self._text) if old is not None else [])
        if old is None or not problems:
            self.keep(self._text, before, self._catalog)
            return
        self._catalog, self._began_with_file, self._text = old, True, former or ""
        self._again = clocks.monotonic() + AGAIN
        self.problems = problems
        _log.error(NOT_TAKEN, "; ".join(self.problems))

    def _former(self, text: str | None) -> Catalog | None:
        try:
            return None if text is None else load_text(text, str(self._path))
        except ConfigError as error:  # an older release took it
            _log.warning("the configuration of the last run cannot be read any more: %s", error)
            return None

    def sweep(self) -> None:
        """Reads the file again if it is another one than before, or if it was refused for what may be over."""
        stamp = self._stamp()
        if stamp is None and self._seen is not None and not self._gone_before:
            self._gone_before = True  # an editor may be about to put the new one there
            return
        self._gone_before = False
        if is_stale(self._path) and not self.problems:
            self.problems = [f"{self._path}:1:1: {STALE}"]
            _log.error("%s", self.problems[0])
        if stamp != self._seen or (self._again is not None and clocks.monotonic() >= self._again):
            self.reload()

    def reload(self) -> None:
        with self._lock:
            self._seen, self._again = self._stamp(), None
            try:
                refused = self._taken()
            except ConfigError as error:
                refused = [str(problem) for problem in error.problems]
            except Exception:  # what it takes away cannot be looked up now, as while the database is away
                self._again = clocks.monotonic() + AGAIN
                raise
            news, self.problems = refused != self.problems, refused
        if refused and news:
            said = "; ".join(refused)
            _log.error(NOT_TAKEN, said)

    def _taken(self) -> list[str]:
        """Why the file cannot be taken; when it can, it is in force. Raises ConfigError."""
        if nothing := self._nothing_there():
            return nothing
        new = load(self._path if self._seen is not None else None)
        text, same = _text(self._path), new.digest == self._catalog.digest
        if not same and (cut := self._cut_off(self._text, text)):
            return cut
        lost = self.lost(self._catalog, new)
        if lost:
            self._again = clocks.monotonic() + AGAIN
            return self._said(lost)
        self.keep(text, self._catalog, new)
        self._catalog, self._text = new, text
        _log.info("configuration read: %s", new.digest[:12])
        return []

    def _nothing_there(self, *, begun: bool = False) -> list[str]:
        if self._seen is None and (begun or self._began_with_file):
            return self._said(["the file is gone; put it back"])
        if self._seen is not None and _is_empty(self._path):
            return self._said(["the file is empty; put its contents back"])
        return []

    def _cut_off(self, before: str, now: str) -> list[str]:
        """Whether the file is the beginning of the one before: whoever writes one rarely takes away only its end."""
        whole, rest = ("\n".join(one.splitlines()).rstrip() for one in (before, now))
        if not rest or rest == whole or not whole.startswith(rest):
            return []
        lines = f"at line {rest.count(chr(10)) + 1} of {whole.count(chr(10)) + 1}"
        cure = "put the rest back, or, if that's all of it, add a comment such as # end as its last line"
        return self._said([f"the file looks cut off, as it ends {lines}; {cure}"])

    def _said(self, sentences: Sequence[str]) -> list[str]:
        return [f"{self._path}:1:1: {one}." for one in sentences]

    def _stamp(self) -> Stamp:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def is_stale(path: Path) -> bool:
    """Whether another file has taken this one's place where it really lies: we hold one that has no name any more."""
    try:
        return path.stat().st_nlink == 0
    except OSError:
        return False


def _text(path: Path) -> str:
    """What stands there; "" where there is no file."""
    return path.read_text("utf-8-sig") if path.exists() else ""


def _is_empty(path: Path) -> bool:
    """Whether nothing stands there but comments."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False  # reading it says why
    return all(not line.strip() or line.lstrip().startswith("#") or line.strip() == "---" for line in lines)
