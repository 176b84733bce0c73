"""The composition root: settings become a running application. The one file that knows everybody."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot import clock as clocks
from bot import crash_points, providers
from bot.catalog import ConfigError
from bot.clock import Clock, SteeredClock, SystemClock
from bot.configuration import Configuration
from bot.deliveries import kinds
from bot.domain.paging.ack_link import AckLinks
from bot.engine import identity
from bot.engine.auditor import Auditor
from bot.engine.dispatcher import Dispatcher
from bot.engine.do_not_disturb import read_do_not_disturb
from bot.engine.follower import ClockFollower, unsettled
from bot.engine.identity import WhoWeAre
from bot.engine.jobs import Jobs, unless_away
from bot.engine.metrics import Metrics
from bot.engine.pacing import PER_SECOND
from bot.engine.pulse import Pulse
from bot.engine.timers import TimerLoop
from bot.engine.watchdog import Watch
from bot.health import Health
from bot.integrations.registry import SLACK
from bot.integrations.slack.budget import Budget
from bot.integrations.slack.web_api import SlackApi
from bot.integrations.switchboard import Switchboard
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.message import Renderer
from bot.services import sweeps, work_factory
from bot.services.oncall import continuity
from bot.services.schedules import history
from bot.services.workspace import retention
from bot.services.workspace.signing import signing_key
from bot.settings import Settings
from bot.work import WorkFactory
from handlers import register
from handlers.connection import SocketConnection, make_bolt
from handlers.door import PATIENCE, Door
from handlers.web.server import WebServer
from handlers.web.site import Site
from storage import outbox, schema
from storage.db import Database

LATE = timedelta(minutes=1)

_log = logging.getLogger(__name__)


@dataclass
class Application:
    """A built application. `start()` returns when it works; `stop()` drains and closes; `url` is its own door."""

    settings: Settings
    database: Database
    configuration: Configuration
    desk: WorkFactory
    api: SlackApi
    switchboard: Switchboard
    renderer: Renderer
    metrics: Metrics
    dispatcher: Dispatcher
    timers: TimerLoop
    auditor: Auditor
    jobs: Jobs
    health: Health
    web: WebServer
    socket: SocketConnection | None
    follower: ClockFollower | None
    who: WhoWeAre
    watch: Watch
    pulse: Pulse
    token: str

    @property
    def url(self) -> str:
        return self.web.url

    def start(self) -> None:
        """What is owed from before is sent first; then the doors open."""
        self._recover()
        self.pulse.start()
        self.dispatcher.start()
        self.timers.start()
        self.web.start()
        if self.database.file_lock:
            self.database.file_lock.describe({"pid": self.web.pid, "url": self.url, "token": self.token})
        if self.follower:
            self.follower.start(self._wake, self._busy)
        if self.socket:
            self.socket.start()  # Slack gives out the address while it also says who we are
        # a database that goes away just now, or a replica that stands still, is no reason to end: both come again
        unless_away(self.who.learn, or_held=True)
        self._schedule()
        self.jobs.start()
        self.health.started = True
        unless_away(partial(history.sweep, self.desk), or_held=True)
        _log.info("Tocsin is up: %s", self.url)

    def stop(self) -> None:
        """Not ready, no new work, what is under way ends, the socket closes last."""
        self.health.started = False
        self.pulse.stop()
        self.jobs.stop()
        self.timers.stop()
        self.dispatcher.stop()
        if self.socket:
            self.socket.stop()
        if self.follower:
            self.follower.stop()
        self.web.stop()
        self.switchboard.close()
        self.api.close()
        self.database.close()

    def _recover(self) -> None:
        if not self.database.is_sqlite:
            return  # other replicas may be sending: their leases run out by themselves
        with self.database.write() as session:
            count = outbox.orphans_to_ambiguous(session, clocks.real())
        if count:
            _log.warning("%d deliveries were under way when the last run ended; they are checked and made good", count)

    def _schedule(self) -> None:
        self.jobs.every(15, self.auditor.audit, "auditor")
        self.jobs.every(1, self.database.checkpoint, "checkpoint")
        self.jobs.every(2, self.configuration.sweep, "configuration")
        self.jobs.every(2, self.watch.configuration, "what the configuration lacks")
        self.jobs.every(60, self.watch.other_processes, "other processes")
        self.jobs.every(5, self.watch.ways, "ways")
        self.jobs.every(60, self.watch.credentials, "credentials")
        self.jobs.every(10, self.who.learn, "identity")
        for name, sweep in sweeps.SWEEPS.items():
            self.jobs.every(sweep.every.total_seconds(), partial(sweep.run, self.desk), name)
        self.jobs.every(6 * 3600, lambda: retention.forget(self.desk, clocks.real()), "retention")
        if SLACK.enabled(self.configuration.catalog().integrations):
            self.jobs.every(20, lambda: identity.retry_parked(self.api, self.desk), "parked")
            self.jobs.every(6 * 3600, lambda: identity.read_members(self.api, self.desk), "members")
            self.jobs.every(120, lambda: read_do_not_disturb(self.api, self.desk), "do-not-disturb")
            self.jobs.every(30, lambda: identity.follow_groups(self.api, self.desk), "user groups")

    def _wake(self) -> None:
        self.timers.wake()
        self.dispatcher.wake()

    def _busy(self) -> bool:
        return self.dispatcher.under_way > 0 or self.desk.busy() or unsettled(self.desk)


def build(settings: Settings, *, pace: float = PER_SECOND, patience: float = PATIENCE) -> Application:
    """Wires everything; nothing runs yet. `pace` is in messages per second and channel, `patience` Slack's in seconds.

    Raises ConfigError, DatabaseInUse, or what the database says.
    """
    crash_points.arm(settings.crash_at)
    configuration = Configuration(settings.config)
    database = _opened(settings)
    clock, follower = _clock(settings)
    desk = work_factory.make(database, clock, configuration.catalog)
    configuration.lost, configuration.keep = partial(continuity.lost, desk), partial(continuity.keep, desk)
    _resume(configuration, desk, database)
    api = SlackApi(
        settings.slack_api_url,
        settings.bot_token.get_secret_value(),
        on_lost=lambda method, error: identity.lose(desk, method, error),
        budget=Budget(clocks.monotonic, max(1.0, pace / PER_SECOND)),
    )
    slack_on = SLACK.enabled(configuration.catalog().integrations)
    who = WhoWeAre(api, desk, wanted=slack_on)
    renderer = Renderer(settings.templates)
    links = AckLinks(settings.base_url, signing_key(desk, settings.secret_key.get_secret_value()))
    metrics = Metrics()
    composer = partial(_composer, renderer, desk, settings.base_url or None, links)
    switchboard = providers.switchboard(settings, lambda: configuration.catalog().integrations, api)
    dispatcher = Dispatcher(
        desk, lambda session, row: kinds.compose(session, row, composer()), switchboard, observe=metrics, pace=pace
    )
    timers = TimerLoop(desk)
    desk.on_owed, desk.on_armed = dispatcher.owed, timers.wake
    auditor = Auditor(desk)
    bolt = make_bolt(api_url=settings.slack_api_url, bot_token=settings.bot_token.get_secret_value(), identity=who)
    pulse = Pulse()
    door = Door(
        desk, renderer, settings.base_url or None, lambda: known.team if (known := who()) else "", pulse, patience
    )
    register(bolt, door)
    socket = (
        SocketConnection(bolt, settings.app_token.get_secret_value()) if slack_on and settings.socket_mode else None
    )
    watch = Watch(desk, lambda: socket is None or socket.connected(), switchboard.accepts,
                  lambda: configuration.problems, partial(continuity.apart, desk))  # fmt: skip
    health = _health(database, dispatcher, timers, auditor, lambda: _slack(socket, who) if slack_on else "")
    health.ailing = watch.ailing
    metrics.watch(
        overdue=lambda: len(auditor.overdue),
        connected=lambda: float(socket is not None and socket.connected()),
        depths=lambda: _depths(desk),
        ailing=watch.causes,
    )
    token = secrets.token_urlsafe(24)
    site = Site(door=door, health=health, metrics=metrics.text, bolt=bolt if slack_on else None, token=token,
                signing_secret=settings.signing_secret.get_secret_value(), links=links,
                alert_token=settings.alert_token.get_secret_value())  # fmt: skip
    web = WebServer(site, settings.http_host, settings.http_port)
    return Application(
        settings, database, configuration, desk, api, switchboard, renderer, metrics, dispatcher, timers, auditor,
        Jobs(), health, web, socket, follower, who, watch, pulse, token,
    )  # fmt: skip


def _opened(settings: Settings) -> Database:
    database = Database(settings.database_url)
    database.require_direct()
    schema.ready(database.engine, migrate=settings.migrate)
    return database


def _resume(configuration: Configuration, desk: WorkFactory, database: Database) -> None:
    try:
        configuration.resume(continuity.kept(desk), configuration.lost, partial(continuity.paging, desk))
    except ConfigError:
        database.close()
        raise


def _composer(renderer: Renderer, desk: WorkFactory, base_url: str | None, links: AckLinks) -> Composer:
    return Composer(renderer, desk.catalog, desk.clock.now(), base_url, links)


def _clock(settings: Settings) -> tuple[Clock, ClockFollower | None]:
    if settings.clock_url is None:
        return SystemClock(), None
    clock = SteeredClock()
    follower = ClockFollower(settings.clock_url, clock)
    follower.first_look()
    return clock, follower


def _health(
    database: Database,
    dispatcher: Dispatcher,
    timers: TimerLoop,
    auditor: Auditor,
    slack: Callable[[], str],
) -> Health:
    health = Health()
    health.loops = {
        "dispatcher": lambda: (dispatcher.alive(), dispatcher.beat),
        "timers": lambda: (timers.alive(), timers.beat),
        "auditor": lambda: (True, auditor.beat),
    }
    health.checks = {
        "database": database.trouble,
        "slack": slack,
        "pages": lambda: f"{len(auditor.overdue)} pages are overdue" if auditor.overdue else "",
        "deliveries": lambda: _owed(database),
    }
    return health


def _depths(desk: WorkFactory) -> dict[str, int]:
    with desk.read() as session:
        return outbox.depths(session)


def _owed(database: Database) -> str:
    """What is stuck on its way out, whatever the loops believe of themselves."""
    with database.read() as session:
        parked, late = outbox.parked(session), outbox.late_pages(session, clocks.real() - LATE)
    if parked:
        return f"{parked} deliveries wait for credentials that Slack accepts: check them with `tocsin doctor`"
    return f"{late} pages have waited for over a minute: Slack does not take them" if late else ""


def _slack(socket: SocketConnection | None, who: WhoWeAre) -> str:
    if who() is None:
        return "Slack has not said who we are: check SLACK_BOT_TOKEN with `tocsin doctor`"
    if socket is not None and not socket.connected():
        return socket.problem or "the connection is being restored"
    return ""
