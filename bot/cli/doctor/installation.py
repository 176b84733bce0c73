"""The doctor's look at home: configuration, database, the running bot, and what Slack once refused."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
from sqlmodel import col, select

from bot.catalog import Catalog
from bot.cli import chosen_config, installation
from bot.cli.console import Refusal
from bot.cli.doctor import postgresql, scopes
from bot.cli.finding import Finding, failed, ok, warning
from bot.configuration import is_stale
from bot.domain.contact.provider_health import DOWN, REFUSED
from bot.domain.core import people
from bot.services.contact import provider_health
from bot.services.oncall import continuity
from bot.settings import Settings
from storage.db import Database
from storage.filelock import DatabaseInUse
from storage.models import Setting
from storage.queries import refusals

LOST = "lost:"


def configured() -> tuple[Catalog | None, Finding]:
    """The configuration, and whether it is right."""
    try:
        catalog = chosen_config.catalog(None)
    except Refusal as problem:
        return None, failed(
            "configuration", str(problem).replace("\n", "; "), "correct it; `tocsin check` tells each place."
        )
    if not catalog.people:
        said = "no people are named, so no one can be paged"
        return catalog, failed("configuration", said, "write them; `tocsin init --from-slack` begins a file.")
    unreachable = [person.name for person in catalog.people.values() if not people.slack_id(person.key, catalog)]
    if unreachable:
        said = f"no one can page {', '.join(unreachable)}: no Slack id is given"
        return catalog, warning("configuration", said, "add `slack: U...` to them in tocsin.yml.")
    return catalog, ok("configuration", f"{len(catalog.people)} people, {len(catalog.policies)} policies")


def mounted(path: Path, mounts: str) -> Iterator[Finding]:
    """Whether a change of the file can be seen: one that is mounted alone stays what it was when it is replaced.

    `mounts` is what /proc/self/mountinfo says.
    """
    fix = "mount the folder it is in, such as -v /etc/tocsin:/etc/tocsin:ro, and start again."
    if is_stale(path):
        yield failed("configuration file", f"{path} was replaced, but this process still sees the old one", fix)
        return
    points = {fields[4].replace("\\040", " ") for line in mounts.splitlines() if len(fields := line.split()) > 4}
    if str(path.absolute()) in points:
        said = f"{path} is mounted on its own: a change saved by rename, as editors and deployments do, isn't noticed"
        yield warning("configuration file", said, fix)


def mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text("utf-8", "replace")
    except OSError:
        return ""


def examine(settings: Settings, catalog: Catalog | None) -> Iterator[Finding]:
    """The database and what it remembers."""
    url = settings.database_url
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        yield _not_yet(path)
        return
    try:
        with installation.database(exclusive=True) as database:
            database.probe()
            yield ok("database", f"{_name(database)}: up to date and writable")
            yield from _remembered(database, catalog)
    except DatabaseInUse as held:
        yield from _running(held)
        with installation.database(exclusive=False) as database:
            yield from _remembered(database, catalog)
    except Refusal as problem:
        yield failed("database", str(problem), "check DATABASE_URL, or run `tocsin migrate`.")


def _remembered(database: Database, catalog: Catalog | None) -> Iterator[Finding]:
    """What is in it, whether or not the bot runs."""
    if catalog is not None:
        yield from in_force(database, catalog)
    yield from _lost(database)
    yield from _ailing(database)
    yield from refused(database)
    yield from _left(database)
    yield from postgresql.examine(database)


def in_force(database: Database, catalog: Catalog) -> Iterator[Finding]:
    """Whether the file at hand is what a bot took last; a process beside another file may have a newer one."""
    with database.read() as session:
        sections = continuity.differing(session, catalog)
    if sections:
        said = f"the one in force differs from this file in {', '.join(sections)}"
        fix = "a running bot reads its file within seconds, unless it refused it; give every process the same file."
        yield warning("configuration in force", said, fix)


def _not_yet(path: Path) -> Finding:
    folder = path.absolute().parent
    if os.access(folder, os.W_OK):
        return ok("database", f"{path} will be made at the first start")
    return failed("database", f"{path} does not exist and {folder} cannot be written to", "set DATABASE_URL.")


def _running(held: DatabaseInUse) -> Iterator[Finding]:
    """The bot has the database: ask it how it is."""
    url, pid = held.holder.get("url"), held.holder.get("pid")
    if not url:
        said = f"process {pid} is using it and has not said where it can be reached"
        yield warning("database", said, "try again in a moment.")
        return
    try:
        answer = httpx.get(f"{url}/readyz", timeout=10, trust_env=False).json()
    except (httpx.HTTPError, ValueError):
        yield failed("running bot", f"process {pid} does not answer at {url}", "look at its log, then restart it.")
        return
    if answer.get("ok"):
        yield ok("running bot", f"process {pid} at {url} is ready")
    else:
        said = "; ".join(f"{name}: {problem}" for name, problem in answer.get("problems", {}).items())
        yield failed("running bot", f"process {pid} is not ready: {said}", "see its log.")
    if refused := answer.get("ailing", {}).get("configuration"):
        fix = "it still uses the previous one; its log and the direct messages to the admins say what is wrong."
        yield failed("running bot", f"process {pid} has refused the configuration: {refused}", fix)


def _name(database: Database) -> str:
    return database.url.render_as_string(hide_password=True)


def _lost(database: Database) -> Iterator[Finding]:
    """What Slack refused since the installation: incidents went on without it."""
    with database.read() as session:
        rows = session.exec(select(Setting).where(col(Setting.key).startswith(LOST)).order_by(Setting.key)).all()
        lost = [(row.key.removeprefix(LOST), row.value) for row in rows]
    for method, error in lost:
        if scopes.is_choice(error):
            continue
        fix = "compare Slack app > App Manifest with `tocsin manifest`, save, then Install App > Reinstall."
        yield warning("lost capability", f"Slack refused {method}: {error}", fix)


CURES = {
    REFUSED: "set the right key or password and restart Tocsin; the next page, or a test page, shows that it works.",
    DOWN: "look at its status page; pages go by their other ways meanwhile.",
}


def _ailing(database: Database) -> Iterator[Finding]:
    """The ways that the bot has found not to work."""
    with database.read() as session:
        found = provider_health.ailments(session)
    for via, one in found.items():
        yield warning(
            f"way: {via}",
            f"{provider_health.name(via)} {one.reason}, since {one.since:%d %b %H:%M} UTC",
            CURES[one.cause],
        )


def _left(database: Database) -> Iterator[Finding]:
    """What a newer release owed before it was taken back."""
    with database.read() as session:
        waiting = refusals.aside(session)
    if waiting:
        said = f"{waiting} deliveries wait for a newer release, which owed them: this one doesn't know how to send them"
        yield warning("left for later", said, "start the newer release again: it sends them.")


def refused(database: Database) -> Iterator[Finding]:
    """What Slack has refused for good, as far as nothing of the kind has arrived since."""
    with database.read() as session:
        found = refusals.findings(session)
    for one in found:
        where = f" in {one.place}" if one.place else ""
        said = f"{one.what}{where} was refused on {one.since:%d %b %H:%M} UTC: {one.why}"
        yield warning(f"not delivered: {one.kind}", said, one.cure)
