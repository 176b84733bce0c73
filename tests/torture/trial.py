"""One trial: a sandbox, a fresh database, a bot that is killed and started again, and people who want an incident."""

import signal
import threading
from pathlib import Path
from typing import Any

import httpx

from sandbox import Sandbox
from tests.stories.world import actions
from tests.torture.databases import Databases
from tests.torture.evidence import Evidence, read_journal, read_ledger
from tests.torture.nursery import ROOT, Bot, Nursery
from tests.torture.plan import Plan
from tests.torture.wire import private

Json = dict[str, Any]

GLANCE = 0.01  # seconds between two looks while waiting for a process
PATIENCE = 20  # rounds of ten seconds until a bot counts as stuck


class Stuck(Exception):
    """The bot did not come up, or did not come to rest: a loss of another kind."""


class Trial:
    """Declare, page, escalate, acknowledge, under one plan. `run` returns what a judge needs."""

    def __init__(self, plan: Plan, nursery: Nursery, databases: Databases, folder: Path) -> None:
        self.plan, self._nursery, self._folder = plan, nursery, folder
        self._url = databases.fresh(folder)
        self._ledger = folder / "ledger.jsonl"
        self._log = folder / "bot.log"
        self._crashes, self._lives = list(plan.crashes), list(plan.lives)
        self._terminated = False
        self._bot: Bot | None = None
        self._found = Evidence(plan)

    def run(self) -> Evidence:
        with private(Sandbox(manifest=ROOT / "manifest.yml", ledger=self._ledger)) as self._sandbox:
            self._sandbox.limits.enabled = False
            with httpx.Client(base_url=f"{self._sandbox.url}/_sandbox/", timeout=30, trust_env=False) as self._http:
                try:
                    self._scenario()
                    self._collect()
                finally:
                    if self._bot:
                        self._bot.kill()
                        self._bot.ended(5)
                        self._bot.close()
        return self._found

    def _scenario(self) -> None:
        for rule in self.plan.faults:
            self._do("faults", **rule)
        if self.plan.held:
            self._do("faults", method=self.plan.held, kind="hang", phase="after_apply", times=1)
        self._declare()
        self._rest()
        self._standing()
        self._do("clock", advance=301)  # nobody answers for five minutes
        self._rest()
        self._acknowledge()
        self._rest()

    def _declare(self) -> None:
        """Types the command until it is acknowledged; a person words it anew each time."""
        for attempt in range(1, 9):
            self._standing()
            title = f"Checkout is down, attempt {attempt}"
            said = self._do(
                "command", user="dee", channel="general", text=f"/incident declare sev1 {title} --service checkout"
            )
            done = bool(said.get("ok")) and "is declared" in str(said.get("response"))
            self._found.declares[title] = done
            self._stop_if_planned()
            if done:
                return
        raise Stuck(f"eight declares in a row were refused, the last with {said}")

    def _stop_if_planned(self) -> None:
        if self.plan.terminate and not self._terminated:
            self._terminated = True
            assert self._bot
            self._bot.kill(signal.SIGTERM)
            if not self._bot.ended(30):
                raise Stuck("the bot did not stop within 30 seconds")

    def _acknowledge(self) -> None:
        """Whoever sees a page presses its button, until no page asks any more."""
        for _ in range(12):
            asking = self._asking()
            if not asking:
                return
            user, channel, message = asking[0]
            self._standing()
            said = self._do("click", user=user, channel=channel, ts=message["ts"], action_id="page.ack")
            key = message["metadata"]["event_payload"]["key"]
            self._found.presses[key] = self._found.presses.get(key, False) or bool(said.get("ok"))
            self._rest()
        raise Stuck("pages still ask after twelve presses")

    def _asking(self) -> list[tuple[str, str, Json]]:
        found = []
        for channel in self._look("state")["channels"]:
            if not channel["id"].startswith("D"):
                continue
            user = next(one for one in channel["members"] if one != self._sandbox.world.app.user_id)
            listed = self._look(f"messages/{channel['id']}")
            found += [(user, channel["id"], message) for message in listed if "page.ack" in actions(message)]
        return found

    def _standing(self) -> Bot:
        """A bot that is connected; a new one when the last one died."""
        for _ in range(12):
            bot = self._bot
            if bot is None or bot.ended(0):
                bot = self._start()
            while not bot.ended(GLANCE):
                if self._look("state")["connections"]:
                    return bot
        raise Stuck("the bot died twelve times before it was connected")

    def _start(self) -> Bot:
        if self._bot:
            self._bury(self._bot)
        environment = self._environment()
        environment["TOCSIN_CRASH_AT"] = self._crashes.pop(0) if self._crashes else ""
        self._bot = bot = self._nursery.bear(["run"], environment, self._log)
        if self._lives:
            threading.Thread(target=_end_after, args=(bot, self._lives.pop(0)), daemon=True).start()
        if self.plan.held and not self._found.kills:
            threading.Thread(target=self._end_when_held, args=(bot,), daemon=True).start()
        return bot

    def _bury(self, bot: Bot) -> None:
        while self._look("state")["connections"]:  # Slack notices a moment later
            bot.ended(GLANCE)
        if not (self.plan.terminate and self._terminated and not self.plan.crashes):
            self._found.kills += 1
        bot.close()

    def _end_when_held(self, bot: Bot) -> None:
        while not bot.ended(GLANCE):
            if any(one["fault"] == "hang" for one in read_ledger(self._ledger)):
                bot.kill()

    def _rest(self) -> None:
        """Until a bot that lives has nothing left to do that is due."""
        for _ in range(PATIENCE):
            bot = self._standing()
            settled = self._do("settle")["settled"]
            if not self._look("state")["connections"]:
                bot.ended(1.0)
            elif settled and not bot.ended(0):
                return
        raise Stuck("the bot did not come to rest")

    def _collect(self) -> None:
        """Stops the bot in an orderly way and gathers the evidence."""
        assert self._bot
        self._bot.kill(signal.SIGTERM)
        if not self._bot.ended(30):
            raise Stuck("the bot did not stop within 30 seconds")
        answer = self._folder / "verify.log"
        verifier = self._nursery.bear(["audit", "verify"], self._environment(), answer)
        if not verifier.ended(60):
            raise Stuck("the journal was not verified within a minute")
        verifier.close()
        found = self._found
        found.chain = answer.read_text(encoding="utf-8")
        found.rooms = [one for one in self._look("state")["channels"] if one["name"].startswith("incident-")]
        found.ledger = read_ledger(self._ledger)
        found.journal = read_journal(self._url)

    def _environment(self) -> dict[str, str]:
        sandbox = self._sandbox
        return {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": self._url,
            "TOCSIN_CONFIG": str(ROOT / "bot" / "catalog" / "demo.yml"),
            "TOCSIN_HTTP_PORT": "0",
            "TOCSIN_CLOCK": sandbox.url,
        }

    def _do(self, deed: str, **body: Any) -> Json:
        answer: Json = self._http.post(deed, json=body).json()
        return answer

    def _look(self, path: str) -> Any:
        return self._http.get(path).json()


def _end_after(bot: Bot, seconds: float) -> None:
    if not bot.ended(seconds):
        bot.kill()
