"""The command line. Each command imports what it runs when it runs, so that `tocsin check` stays quick."""

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.cli import arguments
from bot.cli.console import Refusal
from bot.cli.terminal import painted

if TYPE_CHECKING:
    from bot.cli.schedule_records import Records


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command: 0, or 1 with a sentence on standard error (2 for a wrong use)."""
    options = arguments.parser(arguments.COMMANDS, _version).parse_args(argv)
    try:
        return RUN[options.command](options)
    except Refusal as refusal:
        sys.stderr.write(f"{painted(str(refusal), 'red', sys.stderr)}\n")
        return refusal.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output left (`tocsin incident list | head`)
        sys.stderr.close()
        return 0


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"tocsin {version('tocsin')}"
    except PackageNotFoundError:
        return "tocsin, not installed as a package"


def _demo(options: Namespace) -> int:
    from bot.cli.demo import run

    return run.run(options)


def _run(options: Namespace) -> int:
    gc.disable()  # until it has started: what imports make stays, and to look through it takes a tenth of a start
    try:
        from bot.cli import run as cli_run

        return cli_run.run()
    finally:
        gc.enable()


def _sandbox(options: Namespace) -> int:
    from bot.cli.demo import sandbox

    return sandbox.run(options)


def _check(options: Namespace) -> int:
    if options.against:
        from bot.cli.config import diff

        return diff.of_file(options, _records())
    from bot.cli.config import check

    return check.run(options.file, _records(), show=options.effective, as_json=options.json)


def _doctor(options: Namespace) -> int:
    from bot.cli.doctor import run as run_cli

    return run_cli.run(options)


def _migrate(options: Namespace) -> int:
    from bot.cli.data import backup

    return backup.migrate()


def _init(options: Namespace) -> int:
    from bot.cli.config import init

    return init.run(options.file, from_slack=options.from_slack)


def _incident(options: Namespace) -> int:
    if options.verb == "page" and options.dry_run:
        from bot.cli.incident import dry_run

        return dry_run.run(options, _records())
    from bot.cli.incident import run as incident_run

    return incident_run.run(options)


def _oncall(options: Namespace) -> int:
    if options.verb in ("ics", "import"):
        from bot.cli.oncall import calendars

        return calendars.run(options)
    if options.verb in ("health", "compensation"):
        from bot.cli.oncall import reports

        return reports.run(options)
    if options.verb in ("override", "swap"):
        from bot.cli.oncall import overrides

        return overrides.run(options)
    if options.verb == "preview":
        from bot.cli.oncall import preview

        return preview.run(options, _records())
    if options.verb == "check":
        from bot.cli.oncall import reachability

        return reachability.run(options)
    if options.verb in ("me", "next", "schedule", "handoff", "test-page"):
        from bot.cli.oncall import personal

        return personal.test_page(options) if options.verb == "test-page" else personal.run(options, _records())
    from bot.cli.oncall import run as oncall_run

    return oncall_run.run(options, _records())


def _records() -> "Records":
    """What the database knows of the schedules, if there is one."""
    from bot.cli import schedule_records

    if not schedule_records.has_database():
        return schedule_records.NoRecords()
    from bot.cli import recorded_schedules

    return recorded_schedules.Recorded()


def _postmortem(options: Namespace) -> int:
    from bot.cli.data import postmortem

    return postmortem.run(options.ref, options.format, options.output)


def _export(options: Namespace) -> int:
    from bot.cli.data import postmortem

    return postmortem.export(options.ref, options.output)


def _audit(options: Namespace) -> int:
    from bot.cli.data import audit

    return audit.run(options.ref, as_json=options.json)


def _backup(options: Namespace) -> int:
    from bot.cli.data import backup

    return backup.run(options)


def _purge(options: Namespace) -> int:
    from bot.cli.data import purge

    return purge.run(options)


def _manifest(options: Namespace) -> int:
    from bot.cli import manifest

    return manifest.run(options.mode, options.url)


RUN: dict[str, Callable[[Namespace], int]] = {
    "demo": _demo,
    "run": _run,
    "sandbox": _sandbox,
    "check": _check,
    "doctor": _doctor,
    "migrate": _migrate,
    "init": _init,
    "incident": _incident,
    "oncall": _oncall,
    "postmortem": _postmortem,
    "export": _export,
    "audit": _audit,
    "backup": _backup,
    "restore": _backup,
    "copy": _backup,
    "purge": _purge,
    "manifest": _manifest,
}

if __name__ == "__main__":
    raise SystemExit(main())
