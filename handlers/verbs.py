"""The declared verbs as Slack shows them: found by word, spelled in this installation's way, listed in the docs.

The rows stand in `bot/domain/<noun>/verbs.py`.
"""

from collections.abc import Iterator, Sequence

from bot.domain import verbs
from bot.domain.core.verb import EXAMPLE, Field, Verb

COMMANDS: dict[str, tuple[Verb, ...]] = {f"/{name}": verbs.at(name, "slack") for name in ("incident", "oncall")}
INCIDENT, ONCALL = COMMANDS["/incident"], COMMANDS["/oncall"]


def find(command: str, word: str) -> Verb | None:
    """The verb that this word means in Slack, by name or synonym, whatever its case."""
    return verbs.find(command.removeprefix("/"), word, "slack")


def grouped(command: str) -> list[tuple[str, list[Verb]]]:
    """The verbs of a command of Slack in the groups of its help; the first has no title."""
    return verbs.grouped(command.removeprefix("/"), "slack")


def examples(command: str, verb: Verb) -> tuple[str, ...]:
    """What could be typed after the command, twice where that is known."""
    return verbs.examples(command.removeprefix("/"), verb)


def near(command: str, word: str) -> bool:
    """Whether a word is close to a verb of this command, or one of the command line or of `/oncall`."""
    name = command.removeprefix("/")
    return bool(verbs.find(name, word) or verbs.nearest(name, word, "slack") or verbs.find("oncall", word, "slack"))


def unknown(command: str, word: str) -> str:
    """What is answered to a word that no verb of this command begins with; it asks, and carries out nothing."""
    name = command.removeprefix("/")
    if verbs.find(name, word) is not None:
        return f"`{word[:60]}` works at the command line: `tocsin {name} {word.lower()}`."
    return verbs.unknown(name, word, "slack", f"{command} {{}}")


def spelled(usage: str, reference: str, severities: Sequence[str]) -> str:
    """A usage in the installation's own spelling: its references, and its severities from the worst to the mildest."""
    worst, mildest = (one.lower().replace("-", "") for one in (severities[0], severities[-1]))
    return usage.replace(f"INC-{EXAMPLE}", reference).replace("sev1", worst).replace("sev4", mildest)


def markdown() -> str:
    """docs/commands.md: every command with its usage, its synonyms and one sentence, then the fields of the API."""
    lines = [
        "# Commands",
        "",
        "Written by `make docs` from the declarations in `bot/domain/*/verbs.py`. Slack, `tocsin incident`,",
        "`tocsin oncall` and the API take the same verbs and the same synonyms.",
        "",
        "Inside a war room no reference is needed, and a bare number belongs to the verb (`pause 7` is seven minutes).",
        "Anywhere else write `INC-42` or `42`; without one, the only open incident is meant, and with several open you",
        "are asked which. At the command line the reference comes first.",
        "",
        "What may mean two things is asked about, with a button for each; nothing changes until you press one:",
        "",
        "| You write | Where | It is |",
        "|---|---|---|",
        "| `resolve INC-2: fixed`, `INC-2 resolved`, `resolve (inc 2) fixed` | but in a war room | INC-2 |",
        "| `resolve INC-2: fixed` | the war room of INC-1 | asked: INC-2, or INC-1 |",
        "| `resolve the same fault as INC-2` | anywhere | asked: INC-2, or the one that is open (or the room's) |",
        "| `resolve both`, `cancel the other one`, `resolve INC-1,2` | anywhere | asked which |",
        "| `resolve not yet`, `resolve is it over?` | anywhere | nothing is done |",
        "| `resolve help`, `update ?` | anywhere | the help of that verb |",
        "| `note 4 of 5 nodes are back` | anywhere but a war room | asked: INC-4, or part of the text |",
        "| `sev2 less customers than thought` | a war room | a new severity, with the reason |",
        "| `sev2 payments are down`, `payments are down (P1)` | elsewhere | declares |",
        "| `sev1 leak (private)`, `sev1 leak private`, `sev1 x drill` | anywhere | asked: private, a drill? |",
        "| `prio 1 x`, `sev one x`, `payments sev1 outage now` | anywhere | asked, a button per reading |",
        "| `on it`, `never mind`, `it is a sev2 now` | anywhere | a button: acknowledge, undo, change the severity |",
        "| `it is fixed`, `still broken`, `wake bo`, `comms bo` | anywhere | a button for each meaning |",
        "| `page bo or cy`, `page bo in 10 minutes` | anywhere | asked: who, or whether you mean now |",
        "| `low disk space on db-1` | anywhere | a button: *Declare* |",
        "",
        "A severity counts before or behind a title as SEV-n or P-n, in any spelling; `high`, `S3` and the other",
        "aliases count as `--severity high`, or before a colon (`high: ...`). In quotes everything is text, flags too.",
    ]
    for command, table in COMMANDS.items():
        lines += ["", f"## {command}", "", "| Command | Does | Also |", "|---|---|---|"]
        lines += [_row(command, verb) for verb in table]
        lines += list(_terminal_only(command.removeprefix("/")))
    return "\n".join([*lines, *_api()]) + "\n"


def _row(command: str, verb: Verb) -> str:
    return f"| `{_escaped(f'{command} {verb.usage}')}` | {verb.says} | {_also(verb)} |"


def _also(verb: Verb) -> str:
    return ", ".join(f"`{word}`" for word in verb.synonyms if word)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _terminal_only(command: str) -> Iterator[str]:
    rows = [verb for verb in verbs.at(command, "cli") if "slack" not in verb.doors]
    if rows:
        yield from ("", "At the command line there are also (each has `--help`):", "")
        yield from ("| Command | Does |", "|---|---|")
        yield from (f"| `tocsin {command} {verb.name}` | {verb.says} |" for verb in rows)


def _api() -> Iterator[str]:
    yield from (
        "",
        "## API",
        "",
        "Below `/api/v1`; fields in brackets can be left out. Headers, answers and refusals are",
    )
    yield from ("in [howto/command-line.md](howto/command-line.md). A synonym in the address is the same verb.", "")
    yield from ("| Request | Fields | Does |", "|---|---|---|", _request("POST /incidents", verbs.INCIDENT[0]))
    for verb in verbs.at("incident", "rest"):
        if verb.about_one and not verb.reads:
            yield _request(f"POST /incidents/INC-{EXAMPLE}/{verb.name}", verb)
    for verb in verbs.at("oncall", "rest"):
        if verb.reads or verb.name == "test-page":
            yield _request(f"{'GET' if verb.reads else 'POST'} /oncall/{verb.name}", verb)
    for verb in verbs.SCHEDULE_CHANGES:
        yield _request(f"POST /schedules/{verb.name}", verb)


def _request(path: str, verb: Verb) -> str:
    return f"| `{path}` | {', '.join(_field(one) for one in verb.told('rest'))} | {verb.brief} |"


def _field(one: Field) -> str:
    choices = f" ({' or '.join(one.choices)})" if one.choices else ""
    return f"`{one.name}`{choices}" if one.required else f"[`{one.name}`{choices}]"
