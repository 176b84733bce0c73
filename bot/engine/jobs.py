"""The tick: fixed jobs that call idempotent sweeps. The only importer of APScheduler, which holds no timer of ours."""

from collections.abc import Callable
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from storage import loss


def unless_away(sweep: Callable[[], object], *, or_held: bool = False) -> None:
    """That the database is away is said once, where it was found; the sweep comes again. `or_held`: so it does where
    another process, which may stand still, holds what it needs."""
    try:
        sweep()
    except loss.GONE as error:
        if not loss.reason(error) and not (or_held and loss.is_held(error)):
            raise


class Jobs:
    """Sweeps on an interval. A missed run loses nothing: what is due is rows."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def every(self, seconds: float, sweep: Callable[[], object], name: str) -> None:
        self._scheduler.add_job(partial(unless_away, sweep), "interval", seconds=seconds, id=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def alive(self) -> bool:
        return bool(self._scheduler.running)
