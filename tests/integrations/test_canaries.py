"""Recognisable secrets go in; a whole incident with every kind of trouble happens; none of them comes out anywhere."""

import base64
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.engine import make_url

from bot import logs
from sandbox import Sandbox
from tests.stories.world import PATIENT, ROOT, World, settings_for, start

CANARIES = {
    "SLACK_BOT_TOKEN": "xoxb-canary-Bot/7+f=Q",
    "SLACK_APP_TOKEN": "xapp-canary-App/3+k=Z",
    "SLACK_SIGNING_SECRET": "canary-signing/9+w=secret",
    "DATABASE_URL": "canary-database/5+p=word",
    "TOCSIN_SMTP_PASSWORD": "canary-mail/2+x=word",
    "TOCSIN_PAGERDUTY_ROUTING_KEY": "canary-routing/4+e=0123456789abc",
    "TOCSIN_PAGERDUTY_TOKEN": "canary-pagerduty/6+t=oken",
    "TOCSIN_OPSGENIE_KEY": "canary-genie/8+k=ey",
    "TOCSIN_WEBHOOK_SECRET": "canary-hook/1+h=secret",
    "TOCSIN_TICKETS_TOKEN": "canary-tickets/7+t=oken",
}


def forms(secret: str) -> set[str]:
    """The spellings in which a secret may hide."""
    raw = secret.encode()
    encoded = {base64.b64encode(raw), base64.urlsafe_b64encode(raw), base64.b64encode(b":" + raw)}
    return {secret, quote(secret, safe=""), quote(secret), repr(secret)[1:-1]} | {
        one.decode().rstrip("=") for one in encoded
    }


def leaks(text: str) -> list[str]:
    """Names of the secrets that the text holds in any spelling."""
    return [name for name, secret in CANARIES.items() if any(form in text for form in forms(secret))]


@dataclass
class Watched:
    """A world, and everything its log said, as the configured log would show it."""

    world: World
    log: io.StringIO
    database_url: str


@pytest.fixture
def watched(database_url: str) -> Iterator[Watched]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(logs.Redaction(CANARIES.values()))
    logging.getLogger().addHandler(handler)
    if database_url.startswith("postgresql"):
        url = make_url(database_url)
        url = url.set(username=url.username or "postgres", password=CANARIES["DATABASE_URL"])
        database_url = url.render_as_string(hide_password=False)
    with Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as sandbox:
        app = sandbox.world.app
        app.bot_token, app.app_token = CANARIES["SLACK_BOT_TOKEN"], CANARIES["SLACK_APP_TOKEN"]
        app.signing_secret = CANARIES["SLACK_SIGNING_SECRET"]
        sandbox.limits.enabled = False
        world = start(sandbox, settings_for(sandbox, database_url))
        yield Watched(world, stream, database_url)
        world.http.close()
        world.app.stop()
    logging.getLogger().removeHandler(handler)


def troubled_incident(world: World) -> None:
    """An incident with each kind of failure on its way."""
    for kind in ("500", "reset", "badjson", "truncate", "429"):
        world.do("faults", method="chat.postMessage", kind=kind, phase="after_apply", times=1)
    for method in ("pins.add", "bookmarks.add", "files.getUploadURLExternal"):
        world.do("faults", method=method, kind="ok_false:missing_scope", times=1)
    world.do("faults", method="chat.update", kind="ok_false:invalid_blocks", times=1)
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    world.ana.says("/incident ack 1")
    world.do("faults", method="views.open", kind="500", times=1)
    world.ana.says("/incident declare")
    world.ana.says("/incident update INC-1 identified rolling back")
    world.do("faults", method="chat.postMessage", kind="ok_false:invalid_auth", times=1)
    world.do("command", user="ana", channel="general", text="/incident resolve INC-1 rolled back")
    world.http.post("settle", json={})
    world.do("faults", disconnect="refresh_requested")


def stored(database_url: str) -> str:
    """Every row of every table."""
    engine = create_engine(database_url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = {name: connection.execute(select(table)).all() for name, table in tables.tables.items()}
    engine.dispose()
    assert rows["journalentry"]
    assert rows["delivery"]
    return repr(rows)


def answers(world: World) -> Iterator[tuple[str, str]]:
    """What each HTTP door says, to whom it knows and to strangers."""
    known = {"Authorization": f"Bearer {world.app.token}"}
    strange = {"Authorization": f"Bearer {CANARIES['SLACK_BOT_TOKEN']}"}
    incident = "/api/v1/incidents/INC-1"
    paths = ["/livez", "/readyz", "/metrics", "/openapi.json", "/nothing", "/slack/events", "/api/v1/incidents",
             incident, f"{incident}/timeline", f"{incident}/postmortem", f"{incident}/export"]  # fmt: skip
    with httpx.Client(base_url=world.app.url, trust_env=False, verify=False) as http:
        for path in paths:
            for who, headers in (("known", known), ("strange", strange)):
                answer = http.get(path, headers=headers)
                yield f"{path} to {who}", f"{answer.status_code} {answer.headers} {answer.text}"
        forged = http.post("/slack/events", content=b"{}", headers={"x-slack-signature": "v0=" + "0" * 64})
        yield "a forged request", forged.text


def test_no_secret_comes_out_anywhere(watched: Watched) -> None:
    world = watched.world
    troubled_incident(world)
    seen = {
        "the log": watched.log.getvalue(),
        "the database": stored(watched.database_url),
        "the settings": repr(world.app.settings) + str(world.app.settings),
        "Slack's calls": str(world.calls()),
        "the workspace": str(world.look("state")),
        **dict(answers(world)),
    }
    for channel in world.look("state")["channels"]:
        seen[f"messages of {channel['id']}"] = str(world.channel(channel["id"]).messages())
    assert "pins.add" in seen["the log"], "the trouble was logged at all"
    assert "Checkout returns 5xx" in seen["/api/v1/incidents/INC-1/postmortem to known"]
    assert {where: found for where, text in seen.items() if (found := leaks(text))} == {}


LINES = {
    "Bearer": "Authorization: Bearer {}",
    "an address with a password": "could not connect to postgresql://tocsin:{}@db.internal/tocsin",
    "a dictionary": "{{'token': '{}'}}",
    "alone": "{}",
}


@pytest.mark.parametrize("case", LINES)
@pytest.mark.parametrize("name", CANARIES)
@pytest.mark.parametrize("style", ["text", "json"])
def test_the_log_hides_what_it_is_given(case: str, name: str, style: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(logs.Redaction(CANARIES.values()))
    if style == "json":
        handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger(f"canary.{case}.{name}.{style}")
    logger.addHandler(handler)
    logger.propagate = False
    line = LINES[case].format(CANARIES[name])
    try:
        raise ValueError(line)
    except ValueError:
        logger.exception("%s", line, stack_info=True)
    assert "[secret]" in stream.getvalue()
    assert leaks(stream.getvalue()) == []


@pytest.mark.parametrize("command", [["doctor"], ["incident", "list"], ["run"], ["migrate"]])
def test_a_database_that_is_not_there_is_named_without_its_password(command: list[str]) -> None:
    secret = quote(CANARIES["DATABASE_URL"], safe="")
    env = {**os.environ, **CANARIES, "DATABASE_URL": f"postgresql+psycopg://tocsin:{secret}@127.0.0.1:1/tocsin",
           "SLACK_API_URL": "http://127.0.0.1:1/api/", "TOCSIN_HTTP_PORT": "0",
           "TOCSIN_CONFIG": str(ROOT / "bot" / "catalog" / "demo.yml")}  # fmt: skip
    # a bot that runs would try for a minute
    program = "from bot import __main__, process; process.DATABASE_TRIES = 1; raise SystemExit(__main__.main())"
    done = subprocess.run(
        [sys.executable, "-c", program, *command], env=env, cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode != 0
    assert leaks(done.stdout + done.stderr) == []
    assert "Traceback" not in done.stderr
