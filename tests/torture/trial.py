"""One trial: a sandbox, services beyond Slack, a fresh database, and bots that suffer what the plan says."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx

from sandbox import Sandbox
from tests.torture.beyond import BASE_URL, Beyond
from tests.torture.databases import Databases, OwnServers
from tests.torture.evidence import Evidence, read_database, read_ledger, slowness, under_way
from tests.torture.people import Crowd
from tests.torture.plan import Plan
from tests.torture.processes import PLANTED, ROOT, ForkServer
from tests.torture.replicas import Seats, Stuck
from tests.torture.scenarios import SCENARIOS
from tests.torture.sights import Shown, beyond, in_slack, rooms_in, shown_in
from tests.torture.wire import private

Json = dict[str, Any]

PATIENCE = 20  # rounds of ten seconds until a bot counts as stuck


class Trial:
    """One scenario under one plan. `run` returns what a judge needs."""

    def __init__(self, plan: Plan, nursery: ForkServer, databases: Databases, folder: Path) -> None:
        self.plan, self._nursery, self._databases, self._folder = plan, nursery, databases, folder
        self._scenario = SCENARIOS[plan.scenario]
        self._ledger, self._config = folder / "ledger.jsonl", folder / "tocsin.yml"
        self._url = ""
        self._over = threading.Event()
        self.found = Evidence(plan)

    def run(self) -> Evidence:
        self._arrivals = self._folder / "beyond.jsonl"
        self._url = self._databases.fresh(self._folder)
        try:
            with (
                private(Sandbox(manifest=ROOT / "manifest.yml", ledger=self._ledger)) as self._sandbox,
                Beyond(self._arrivals) as self._beyond,
                httpx.Client(base_url=f"{self._sandbox.url}/_sandbox/", timeout=30, trust_env=False) as self._http,
            ):
                self._sandbox.limits.enabled = self.plan.limits
                self._set_up()
                try:
                    self._play()
                    self._collect()
                finally:
                    self._over.set()
                    self.seats.end()
            read_database(self._url, self.found)
        finally:
            self._databases.done(self._url)
        return self.found

    def _set_up(self) -> None:
        self._beyond.configure(self._config, self._scenario.levels(), list(self._scenario.contact))
        for fault in (*self._scenario.broken, *self.plan.outside):
            self._beyond.fault(fault)
        for rule in self.plan.faults:
            self.do("faults", **rule)
        if self.plan.held:
            self.do("faults", method=self.plan.held, kind="hang", phase="after_apply", times=1)
        self.seats = Seats(
            self.plan,
            self._nursery,
            self._folder,
            self.found,
            environment=self._environment,
            connections=lambda: int(self.look("state")["connections"]),
            before_second=self._pass_the_time,
            under_way=lambda: under_way(self._url),
            held=lambda: any(one["fault"] == "hang" for one in read_ledger(self._ledger)),
        )

    def _play(self) -> None:
        restarts = threading.Thread(target=self._restart_database, daemon=True)
        restarts.start()
        crowd = Crowd(self)
        self._scenario.play(crowd)
        restarts.join()
        crowd.quiet()
        crowd.timelines()

    def forward(self, seconds: float) -> None:
        """Pushes the common clock; the moment is noted before anybody can act on it."""
        self.found.jumps.append((time.time(), seconds))
        self.do("clock", advance=seconds)

    def _pass_the_time(self) -> None:
        if self.plan.away:
            self.forward(self.plan.away)

    def _restart_database(self) -> None:
        passed = 0.0
        for moment in self.plan.restarts:
            if self._over.wait(moment - passed):
                return
            passed = moment
            self.found.restarts.append(time.time())
            assert isinstance(self._databases, OwnServers), "others would lose this server too"
            self._databases.restart(self._url)

    def rest(self) -> None:
        """Until the bots that live have nothing left to do that is due."""
        for _ in range(PATIENCE):
            self.seats.standing()
            if self.do("settle")["settled"] and self.seats.steady():
                return
        raise Stuck("the bot did not come to rest")

    def _collect(self) -> None:
        """Stops the bots in an orderly way and gathers the evidence."""
        self.seats.terminate()
        answer = self._folder / "verify.log"
        verifier = self._nursery.bear(["audit", "verify"], self._environment(), answer)
        if not verifier.ended(60):
            raise Stuck("the journal was not verified within a minute")
        verifier.close()
        found = self.found
        found.chain = answer.read_text(encoding="utf-8")
        found.beyond, found.slowness = self._beyond.ambiguous, slowness()
        self.look_around()

    def look_around(self) -> None:
        """How Slack and the others stand now, and what they have taken."""
        found = self.found
        found.shown, found.rooms = self.shown(), rooms_in(self._sandbox.world)
        found.alerts = dict(self._beyond.outside.services.alerts)
        found.ledger, found.arrivals = read_ledger(self._ledger), read_ledger(self._arrivals)
        found.came = [*in_slack(found.ledger, found.shown), *beyond(found.arrivals)]

    def _environment(self) -> dict[str, str]:
        sandbox = self._sandbox
        return {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": self._url,
            "TOCSIN_CONFIG": str(self._config),
            "TOCSIN_HTTP_PORT": "0",
            "TOCSIN_CLOCK": sandbox.url,
            "TOCSIN_BASE_URL": BASE_URL,
            **self._beyond.outside.environment(),
            **({PLANTED: self.plan.planted} if self.plan.planted else {}),
        }

    def clock(self) -> float:
        """The clock that everybody in this trial lives by."""
        return self._sandbox.world.clock.now()

    def shown(self) -> list[Shown]:
        """Slack, as it stands now."""
        return shown_in(self._sandbox.world)

    def incidents(self) -> dict[str, str]:
        """Title -> reference, as the channel for incidents has them."""
        self.found.shown = self.shown()
        return self.found.incidents()

    def arrived(self, service: str) -> list[Json]:
        """What this service received so far."""
        return [one for one in read_ledger(self._arrivals) if one["service"] == service]

    def do(self, deed: str, **body: Any) -> Json:
        answer: Json = self._http.post(deed, json=body).json()
        return answer

    def look(self, path: str) -> Any:
        return self._http.get(path).json()
