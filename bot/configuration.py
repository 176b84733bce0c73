"""Holds the configuration in force: read again when the file changes; a wrong file changes nothing."""

import logging
import threading
from pathlib import Path

from bot.catalog import Catalog, ConfigError, load

_log = logging.getLogger(__name__)


class Configuration:
    """`catalog()` is the last good one. `problems` say why a newer file was not taken, each with its place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._catalog = load(path if path.exists() else None)
        self.problems: list[str] = []

    def catalog(self) -> Catalog:
        return self._catalog

    def sweep(self) -> None:
        """Reads the file again if it is another one than before."""
        if self._stamp() != self._seen:
            self.reload()

    def reload(self) -> None:
        with self._lock:
            self._seen = self._stamp()
            try:
                self._catalog = load(self._path if self._path.exists() else None)
                self.problems = []
                _log.info("configuration read: %s", self._catalog.digest[:12])
            except ConfigError as error:
                self.problems = [str(problem) for problem in error.problems]
                said = "; ".join(self.problems)
                _log.error("the configuration was not taken, the one before stays in force: %s", said)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size
