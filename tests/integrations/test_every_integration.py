"""What every integration has to bring: a switch that works, a double that checks what it is sent, and no leaks."""

import ast
import importlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.app import build
from bot.catalog import ConfigError, load
from bot.catalog.sections.integrations import Integrations
from bot.cli.demo import run
from bot.integrations import outbound as letters
from bot.integrations.outcome import Failed, Reason, Sent
from bot.integrations.registry import REGISTRY, SLACK, WAYS, Registered
from bot.integrations.slack.web_api import SlackApi
from bot.integrations.switched_off import SwitchedOff
from bot.providers import providers as made_of
from bot.settings import Settings
from sandbox import Sandbox
from tests.integrations import test_canaries
from tests.integrations.outside import providers, reach
from tests.sources import files, tree
from tests.stories.records import deliveries, facts, unsettled, until
from tests.stories.world import PATIENT, ROOT, World, settings_for

NETWORK = {"httpx", "requests", "urllib", "http", "socket", "smtplib", "slack_sdk", "apprise", "aiohttp"}


def imports(path: Path) -> set[str]:
    """Names of the modules that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def talkers() -> set[str]:
    """Files of the package that reach the network, themselves or through another; not who calls or equips them all."""
    package = ROOT / "bot/integrations"
    paths = [path for path in files("bot/integrations", at_least=19) if path.stem != "__init__"]
    uses = {".".join(path.relative_to(package).with_suffix("").parts): imports(path) for path in paths}
    found = {name for name, used in uses.items() if any(one.partition(".")[0] in NETWORK for one in used)}
    while True:
        more = {name for name, used in uses.items() if any(f"bot.integrations.{one}" in used for one in found)}
        if more <= found:
            return found - {"providers", "switchboard", "tls"}
        found |= more


def test_every_file_that_talks_to_a_service_is_registered() -> None:
    assert talkers() == {module for one in REGISTRY for module in one.modules}


def double(one: Registered) -> type:
    """The class that its entry of the registry names."""
    module, _, name = one.double.partition(":")
    found: type = getattr(importlib.import_module(module), name)
    return found


@pytest.mark.parametrize("one", WAYS, ids=lambda one: one.name)
def test_what_it_sends_arrives_at_its_double(one: Registered, tmp_path: Path) -> None:
    """A double that is only named proves nothing: it is started, sent something by its integration, and asked."""
    with double(one)() as outside:
        sender = providers(outside, tmp_path)
        assert isinstance(sender.way(one.name).send(reach(one.name), ambiguous=False), Sent)
        assert len(outside.book.wait_for(one.name)) == 1
        sender.close()


def test_what_is_sent_to_slack_arrives_at_its_double() -> None:
    with double(SLACK)(manifest=ROOT / "manifest.yml", patience=PATIENT) as slack:
        api = SlackApi(slack.api_url, slack.bot_token)
        posted = api.call("chat.postMessage", channel="#incidents", text="The till is down")
        assert posted["ok"]
        read = api.call("conversations.history", channel=posted["channel"], limit=1)
        assert read["messages"][0]["text"] == "The till is down"
        api.close()


@dataclass
class Demo:
    """What `make demo` starts, and what it tells of arrivals."""

    scene: run.DemoScene
    folder: Path
    told: list[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder, told = tmp_path_factory.mktemp("demo"), list[str]()
    with run._scene(0, folder, told.append) as scene:
        yield Demo(scene, folder, told)


@pytest.mark.parametrize("one", WAYS, ids=lambda one: one.name)
def test_make_demo_starts_its_double_and_leads_the_bot_there(one: Registered, demo: Demo) -> None:
    """Sent with what the demo's bot has: the same configuration, the same environment."""
    settings = Settings.model_validate(dict(demo.scene.env))
    sender = made_of(settings, lambda: load(demo.folder / "tocsin.yml").integrations)
    assert isinstance(sender.way(one.name).send(reach(one.name), ambiguous=False), Sent)
    until(lambda: any(line.strip().startswith(f"({one.name} to ") for line in demo.told), f"a word of {one.name}")
    sender.close()


def test_make_demo_starts_the_double_of_slack_and_the_bot_is_connected_to_it(demo: Demo) -> None:
    assert demo.scene.stage.state()["connections"]
    api = SlackApi(demo.scene.address["api_url"], demo.scene.address["bot_token"])
    assert api.call("auth.test")["ok"]
    api.close()


@pytest.mark.parametrize("one", REGISTRY, ids=lambda one: one.name)
def test_its_secrets_are_in_the_canary_test(one: Registered) -> None:
    aliases = {field: info.alias for field, info in Settings.model_fields.items()}
    assert {aliases[secret] for secret in one.secrets} <= set(test_canaries.CANARIES)
    assert one.secrets or one.secret_address, "an integration without a secret says so here"


@pytest.mark.parametrize("one", REGISTRY, ids=lambda one: one.name)
@pytest.mark.parametrize(("section", "on"), [("{}", True), ("{enabled: true}", True), ("{enabled: false}", False)])
def test_the_switch(one: Registered, section: str, on: bool, tmp_path: Path) -> None:
    config = tmp_path / "tocsin.yml"
    config.write_text(f"integrations: {{{one.name}: {section}}}\n")
    assert one.enabled(load(config).integrations) is on
    assert one.enabled(Integrations()) is True


@pytest.mark.parametrize("one", REGISTRY, ids=lambda one: one.name)
def test_a_switch_that_is_no_switch_is_refused_with_its_place(one: Registered, tmp_path: Path) -> None:
    config = tmp_path / "tocsin.yml"
    config.write_text(f"integrations:\n  {one.name}:\n    enabled: perhaps\n")
    with pytest.raises(ConfigError, match=rf"tocsin.yml:3:14: {one.switch}: this must be true or false"):
        load(config)


LETTERS: tuple[letters.Outbound, ...] = (
    letters.Post("U1", "secret words", [], "page:1"), letters.Edit("C1", "1.1", "t", []),
    letters.MakeChannel(("a",)), letters.Invite("C1", ("U1",)), letters.NotYet("later"),
)  # fmt: skip


def test_what_is_switched_off_fails_at_once_and_logs_no_content(caplog: pytest.LogCaptureFixture) -> None:
    off = SwitchedOff("Slack", SLACK.switch)
    for item in LETTERS:
        outcome = off.send(item, ambiguous=False)
        assert outcome == Failed(Reason.LACKING, "Slack is switched off (integrations.slack.enabled)")
    assert isinstance(off.send(letters.Nothing("gone"), ambiguous=False), Sent)
    assert "page:1 for U1 was not sent" in caplog.text
    assert "secret words" not in caplog.text


@pytest.fixture
def silent(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A bot that may not speak to Slack, beside a sandbox that would hear it."""
    config = tmp_path / "tocsin.yml"
    demo_config = (ROOT / "bot" / "catalog" / "demo.yml").read_text(encoding="utf-8")
    config.write_text(demo_config + "\nintegrations: {slack: {enabled: false}}\n", encoding="utf-8")
    assert not SLACK.enabled(load(config).integrations)
    with Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as sandbox:
        app = build(settings_for(sandbox, database_url, config=config))
        app.start()
        http = httpx.Client(base_url=f"{sandbox.url}/_sandbox/", timeout=60, trust_env=False)
        yield World(sandbox, app, http)
        http.close()
        app.stop()


def test_with_slack_switched_off_incidents_are_kept_and_nobody_is_said_to_be_reached(
    silent: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    assert silent.app.socket is None
    assert httpx.get(f"{silent.app.url}/readyz", trust_env=False).status_code == 200
    answer = httpx.post(
        f"{silent.app.url}/api/v1/incidents",
        json={"title": "Checkout is down", "severity": "sev1", "service": "checkout"},
        headers={"Authorization": f"Bearer {silent.app.token}"},
        trust_env=False,
    )
    assert answer.status_code == 201, answer.text
    until(lambda: facts(silent, "paging.escalation_exhausted"), "every level to be tried")
    silent.settle()
    assert silent.calls() == [], "not one call reaches Slack"
    assert unsettled(silent) == []
    pages = deliveries(silent, "page")
    assert len(pages) > 3, "every level was tried"
    assert {one.state for one in pages} == {"failed"}
    assert "switched off" in str(pages[0].error)
    assert facts(silent, "paging.page_sent") == []
    assert len(facts(silent, "paging.escalation_exhausted")) == 1
    assert "Slack is switched off (integrations.slack.enabled): page" in caplog.text
    assert "alarm:1:1 for #incidents was not sent" in caplog.text, "the last resort is the log"
