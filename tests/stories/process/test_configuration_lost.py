"""The configuration under a bot at work: emptied, deleted, shortened, mounted alone. The good one stays in force."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog import ConfigError
from bot.cli.doctor.installation import mounted
from bot.configuration import Configuration
from sandbox import Sandbox
from tests.stories.records import facts
from tests.stories.world import ROOT, World, settings_for, start, words

DEMO = (ROOT / "bot/catalog/demo.yml").read_text("utf-8")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "etc" / "tocsin.yml"
    file.parent.mkdir()
    file.write_text(DEMO, "utf-8")
    return file


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, config: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=config))
    yield made
    made.http.close()
    made.app.stop()


def swept(world: World) -> None:
    """What the jobs do every two seconds, often enough to believe that a file is gone."""
    for _ in range(2):
        world.app.configuration.sweep()
    world.app.watch.configuration()
    world.settle()


def empty(file: Path) -> None:
    file.write_text("", "utf-8")


def comment(file: Path) -> None:
    file.write_text("# to be written again\n---\n\n", "utf-8")


def delete(file: Path) -> None:
    file.unlink()


def delete_its_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def begin_anew(file: Path) -> None:
    file.write_text('version: 1\nincidents_channel: "#incidents"\n', "utf-8")


LOSSES = {"emptied": (empty, "is empty"), "commented out": (comment, "is empty"), "deleted": (delete, "is gone"),
          "deleted with its folder": (delete_its_folder, "is gone"),
          "begun anew": (begin_anew, "no longer names any person")}  # fmt: skip


@pytest.mark.parametrize("case", LOSSES)
def test_a_file_that_lost_everything_never_replaces_a_good_one(world: World, config: Path, case: str) -> None:
    lose, said = LOSSES[case]
    world.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    lose(config)
    swept(world)
    assert said in "; ".join(world.app.configuration.problems)
    world.dee.dms().expects("configuration was rejected", said)
    assert "rejected" in world.app.health.ailing()["configuration"]
    world.forward(minutes=5)
    asked = [one["person"] for one in facts(world, "paging.paged")]
    assert len(asked) == 2, f"the next level is paged as before: {asked}"
    config.parent.mkdir(exist_ok=True)
    config.write_text(DEMO, "utf-8")
    swept(world)
    world.dee.dms().expects("configuration is valid again")
    assert "configuration" not in world.app.health.ailing()


LINES = DEMO.splitlines()
NO_POLICIES = DEMO[: DEMO.index("policies:")] + "policies: {}\n" + DEMO[DEMO.index("roles:") :]


@pytest.mark.parametrize("line", [45, 54, 55, len(LINES) - 1])
def test_a_file_that_was_cut_off_is_never_taken(world: World, config: Path, line: int) -> None:
    """Whatever runs: the next incident needs the rest. Its last line says so when that is all of it."""
    config.write_text("\n".join(LINES[:line]) + "\n", "utf-8")
    swept(world)
    world.dee.dms().expects("configuration was rejected", f"it ends at line {line} of {len(LINES)}")
    assert len(world.app.desk.catalog.policies["critical"].levels) == 4
    assert world.app.desk.catalog.specialists["database"].to
    config.write_text("\n".join([*LINES[:line], "# end"]), "utf-8")
    swept(world)
    assert world.app.configuration.problems == []
    world.dee.dms().expects("configuration is valid again")
    world.dee.dms().expects("Part of the configuration is gone", "specialists")


def test_definitions_for_which_some_are_shipped_are_not_lost_in_silence(world: World, config: Path) -> None:
    world.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    config.write_text(NO_POLICIES, "utf-8")
    swept(world)
    world.dee.dms().expects("configuration was rejected", "policies.critical is gone from the file, but INC-1")
    assert len(world.app.desk.catalog.policies["critical"].levels) == 4
    world.dee.dms().lacks("Part of the configuration is gone")
    world.ana.says("/incident resolve INC-1 rolled back")
    world.app.configuration._again = 0.0  # half a minute later
    swept(world)
    assert world.app.configuration.problems == []
    world.dee.dms().expects("Part of the configuration is gone", "policies.critical", "policies.low")
    world.app.configuration.reload()
    world.settle()
    told = [one for one in world.dee.dms().messages() if "Part of the configuration" in words(one)]
    assert len(told) == 1, "said once"


def test_what_was_needed_is_taken_once_nothing_needs_it(world: World, config: Path) -> None:
    world.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    lines = [line for line in DEMO.splitlines() if not line.startswith("  checkout: {")]
    config.write_text("\n".join(lines), "utf-8")
    swept(world)
    world.dee.dms().expects("service checkout is gone, but INC-1 is about it")
    assert "checkout" in world.app.desk.catalog.services
    world.ana.says("/incident resolve INC-1 rolled back")
    assert world.app.configuration._again is not None
    world.app.configuration._again = 0.0  # half a minute later
    swept(world)
    assert "checkout" not in world.app.desk.catalog.services
    world.dee.dms().expects("configuration is valid again")
    told = [one for one in world.dee.dms().messages() if "rejected" in words(one)]
    assert len(told) == 1, "said once"


def break_it(file: Path) -> None:
    file.write_text("people: [\n", "utf-8")


def cut_it_off(file: Path) -> None:
    file.write_text("\n".join(LINES[:60]), "utf-8")


@pytest.mark.parametrize("case", [*LOSSES, "broken", "cut off"])
def test_a_bot_that_starts_without_what_a_running_policy_needs_keeps_what_it_had(
    sandbox: Sandbox, database_url: str, config: Path, case: str
) -> None:
    lose, said = {**LOSSES, "broken": (break_it, "not valid YAML"), "cut off": (cut_it_off, "looks cut off")}[case]
    settings = settings_for(sandbox, database_url, config=config)
    first = start(sandbox, settings)
    first.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    first.settle()
    first.http.close()
    first.app.stop()
    lose(config)
    second = start(sandbox, settings)
    try:
        swept(second)
        assert said in "; ".join(second.app.configuration.problems)
        second.dee.dms().expects("configuration was rejected", said)
        second.forward(minutes=5)
        asked = [one["person"] for one in facts(second, "paging.paged")]
        assert len(asked) == 2, f"the next level is paged as before: {asked}"
        config.parent.mkdir(exist_ok=True)
        config.write_text(DEMO, "utf-8")
        swept(second)
        assert second.app.configuration.problems == []
    finally:
        second.http.close()
        second.app.stop()


def test_a_bot_that_starts_while_nothing_is_paged_takes_another_file(
    sandbox: Sandbox, database_url: str, config: Path
) -> None:
    settings = settings_for(sandbox, database_url, config=config)
    first = start(sandbox, settings)
    first.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    first.ana.says("/incident resolve INC-1 rolled back")
    first.settle()
    first.http.close()
    first.app.stop()
    break_it(config)
    with pytest.raises(ConfigError, match="not valid YAML"):
        start(sandbox, settings)
    begin_anew(config)
    second = start(sandbox, settings)
    assert not second.app.configuration.problems
    assert not second.app.desk.catalog.people
    second.settle()
    second.incidents.expects("Part of the configuration is gone", "policies", "people")
    second.http.close()
    second.app.stop()


def test_a_file_that_changed_while_the_database_was_away_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(DEMO, "utf-8")
    configuration, away = Configuration(file), True

    def lost(old: object, new: object) -> list[str]:
        if away:
            raise ConnectionError
        return []

    configuration.lost = lost
    file.write_text(DEMO.replace("checkout", "basket"), "utf-8")
    with pytest.raises(ConnectionError):
        configuration.sweep()
    away = False
    assert configuration._again is not None, "it is tried again by itself"
    configuration._again = 0.0
    configuration.sweep()
    assert "basket" in configuration.catalog().services


def test_a_file_that_is_mounted_alone_is_said_and_one_that_was_replaced_under_us_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(DEMO, "utf-8")
    point = f"36 35 98:0 /host/tocsin.yml {file} ro,noatime - ext4 /dev/root rw\n"
    assert [one.state for one in mounted(file, point)] == ["warning"]
    assert list(mounted(file, f"36 35 98:0 /host {file.parent} ro - ext4 /dev/root rw\n")) == []
    with file.open() as held:  # as the kernel keeps it for a mount: it has no name any more
        file.unlink()
        seen = Path(f"/proc/self/fd/{held.fileno()}")
        if not seen.exists():
            reason = "this system has no /proc"
            print(reason)  # noqa: T201  (a skip says why, also without -rs)
            pytest.skip(reason)
        assert [one.state for one in mounted(seen, "")] == ["failed"]
        configuration = Configuration(seen)
        configuration.sweep()
        assert "mount its folder" in configuration.problems[0]
