"""A world in which people are reached by more than Slack: what leaves by the other ways is recorded, and may fail."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.integrations.outbound import Outbound, Reach
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from sandbox import Sandbox
from tests.stories.world import ROOT, World, settings_for, start

BASE_URL = "https://tocsin.example"
TOKEN = "a-token-for-replies-1"
SECTIONS = {
    "email": {"server": "127.0.0.1", "security": "none", "from": "tocsin@acme.example"},
    "phone": {"url": "json://127.0.0.1/{address}"},
}


@dataclass
class Recorder:
    """Stands where the integrations are: Slack's letters go on to `slack`, the others stay here."""

    slack: object
    failing: dict[str, Outcome] = field(default_factory=dict)
    sent: list[Reach] = field(default_factory=list)
    tried: list[Reach] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        if not isinstance(item, Reach):
            outcome: Outcome = self.slack.send(item, ambiguous=ambiguous, plain=plain)  # type: ignore[attr-defined]
            return outcome
        with self._lock:
            self.tried.append(item)
            if item.via in self.failing:
                return self.failing[item.via]
            self.sent.append(item)
        return Sent({}, item.text)

    def fail(self, via: str, detail: str = "the server refuses") -> None:
        self.failing[via] = Failed(Reason.PERMANENT, detail)

    def hang(self, via: str) -> None:
        """It answers, and always asks to come again."""
        self.failing[via] = Retry(Reason.NOT_APPLIED, "not now", 60.0)

    def by(self, via: str) -> list[Reach]:
        return [one for one in self.sent if one.via == via]


@dataclass
class Ways:
    """A world, what left it by other ways, and the file that configures it."""

    world: World
    recorder: Recorder
    config: Path

    def configure(self, **sections: object) -> None:
        """Writes the sections into the file and has it read again."""
        company = yaml.safe_load(self.config.read_text("utf-8"))
        self.config.write_text(yaml.safe_dump({**company, **sections}), "utf-8")
        self.world.app.configuration.reload()


def ways(sandbox: Sandbox, database_url: str, folder: Path) -> Ways:
    """A started bot with e-mail and phone set up. Bo has no phone; nobody can be reached by SMS."""
    company = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
    company["integrations"] = SECTIONS
    del company["people"]["bo"]["phone"]
    config = folder / "tocsin.yml"
    config.write_text(yaml.safe_dump(company), "utf-8")
    settings = settings_for(sandbox, database_url, config=config)
    settings = settings.model_copy(update={"base_url": BASE_URL, "alert_token": type(settings.bot_token)(TOKEN)})
    world = start(sandbox, settings)
    recorder = Recorder(world.app.dispatcher._integration)
    world.app.dispatcher._integration = recorder
    return Ways(world, recorder, config)
