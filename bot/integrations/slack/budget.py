"""Keeps us below Slack's limits: for each method one bucket and one Retry-After, whatever channel it is about.

Real time. What is denied here was never sent, so it is put back and no attempt. Pages and their edits go first: a part
of each bucket is kept for them, and no page waits because something else was told to.
"""

import threading
from collections.abc import Callable

_TIER_2, _TIER_3, _TIER_4, _SPECIAL = 20, 50, 100, 400
PER_MINUTE = {
    "conversations.create": _TIER_2, "conversations.archive": _TIER_2, "conversations.setTopic": _TIER_2,
    "conversations.list": _TIER_2, "users.list": _TIER_2, "pins.add": _TIER_2, "bookmarks.add": _TIER_2,
    "bookmarks.edit": _TIER_2, "bookmarks.remove": _TIER_2,
    "usergroups.list": _TIER_2, "usergroups.users.update": _TIER_2, "dnd.teamInfo": _TIER_2,
    "conversations.invite": _TIER_3, "conversations.join": _TIER_3, "conversations.open": _TIER_3,
    "conversations.history": _TIER_3, "conversations.replies": _TIER_3, "chat.update": _TIER_3,
    "chat.delete": _TIER_3, "dnd.info": _TIER_3, "conversations.canvases.create": _TIER_3,
    "chat.postEphemeral": _TIER_4, "views.publish": _TIER_4, "files.getUploadURLExternal": _TIER_4,
    "files.completeUploadExternal": _TIER_4, "chat.postMessage": _SPECIAL,
}  # fmt: skip
"""Calls a minute that Slack promises. A method that is not listed has no bucket of ours."""
KEPT = 0.2
"""The part of a bucket that is kept for what goes first."""
POSTING = "chat.postMessage"


class Budget:
    """`monotonic` gives seconds; `scale` multiplies every limit, for a Slack that counts nothing."""

    def __init__(self, monotonic: Callable[[], float], scale: float = 1.0) -> None:
        self._monotonic, self._scale = monotonic, scale
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._closed: dict[str, float] = {}

    def take(self, method: str, *, first: bool) -> float:
        """Seconds to wait before this call; 0 takes a token. Asking too early costs a refusal, too late the night: a
        page is never denied."""
        now = self._monotonic()
        page = first and method == POSTING
        with self._lock:
            closed = self._closed.get(method, 0.0) - now
            if closed > 0 and not page:
                return closed
            size = PER_MINUTE.get(method, 0) * self._scale
            if not size:
                return 0.0
            left, at = self._buckets.get(method, (size, now))
            left = min(size, left + max(0.0, now - at) * size / 60)
            least = 1.0 if first else 1.0 + size * KEPT
            if left < least and not page:
                self._buckets[method] = (left, now)
                return (least - left) * 60 / size
            self._buckets[method] = (max(0.0, left - 1), now)  # what pages took too much, nothing else waits for
            return 0.0

    def close(self, method: str, seconds: float) -> None:
        """Slack said to wait that long: whatever needs this method does."""
        now = self._monotonic()
        with self._lock:
            self._closed[method] = max(self._closed.get(method, 0.0), now + seconds)
            if method in PER_MINUTE:
                self._buckets[method] = (1.0 + self._scale * PER_MINUTE[method] * KEPT, now + seconds)
