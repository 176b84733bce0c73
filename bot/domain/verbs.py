"""The roof over the verbs: every noun's in one table per command, found by any word. Imports nothing heavy."""

from difflib import get_close_matches

from bot.domain.assistance.verbs import ASSISTANCE
from bot.domain.command.verbs import CATCHUP, COMMAND, KEEPING
from bot.domain.core.verb import EXAMPLE, Place, Verb, merged
from bot.domain.incidents.verbs import HELP, LIFE
from bot.domain.learning.verbs import PROBLEMS
from bot.domain.links.verbs import LINKS
from bot.domain.oncall.verbs import LIFE_ON_CALL
from bot.domain.paging.verbs import PAGING, REACH
from bot.domain.preview.verbs import PREVIEW
from bot.domain.schedules.verbs import CHANGES, SCHEDULES
from bot.domain.tickets.verbs import TICKETS

INCIDENT = merged(LIFE[:7], PAGING, ASSISTANCE, CATCHUP, COMMAND, KEEPING, LINKS, TICKETS, PROBLEMS, LIFE[7:], HELP)
ONCALL = merged(SCHEDULES, LIFE_ON_CALL, REACH, PREVIEW, HELP)
SCHEDULE_CHANGES = merged(CHANGES)
COMMANDS: dict[str, tuple[Verb, ...]] = {"incident": INCIDENT, "oncall": ONCALL, "schedules": SCHEDULE_CHANGES}
BUTTONS_ONLY = frozenset({"handoff", "join"})
"""Rows of the permission table that no verb asks for: buttons of a shift's notes, and the way into a war room."""
ACTIONS = BUTTONS_ONLY | {verb.action for table in COMMANDS.values() for verb in table}
"""Every row of the permission table."""

FIRST = ("declare", "ack", "page", "update", "status", "sev", "ic", "note", "resolve", "list")
"""What most people ever type: it stands first in the help."""
GROUPS: dict[str, tuple[str, ...]] = {
    "Paging": ("decline", "pass", "unack", "confirm", "escalate", "pause", "resume", "stop", "why"),
    "The incident": ("triage", "accept", "reject", "classify", "complaint", "field", "room", "hold", "unhold", "merge",
                     "set-times", "link", "unlink", "links", "bridge", "ticket", "problem", "problems"),
    "Command": ("catchup", "handoff", "take-command", "role", "decision", "action", "done", "mitigation"),
    "Asking for help": ("ask-manager", "answer", "vendor", "tree"),
    "The end, and looking back": ("cancel", "undo", "reopen", "close", "tick-off", "timeline", "search", "postmortem"),
}  # fmt: skip
"""The rest of `/incident`. A verb that stands in none of them belongs to the last."""
EXAMPLES: dict[str, tuple[str, str]] = {
    "declare": ("declare sev1 Checkout returns 5xx", "declare sev2 Search is slow --service search --private"),
    "triage": ("triage Odd errors in checkout", "triage sev2 Odd errors in checkout"),
    "reject": ("reject a known test", "reject INC-42 a known test"),
    "list": ("list", "list mine"),
    "status": ("status", "status INC-42 monitoring"),
    "sev": ("sev sev1", "sev INC-42 sev2 less customers than thought"),
    "classify": ("classify", "classify INC-42 users=30 workaround=none"),
    "complaint": ("complaint", "complaint INC-42 I can't pay"),
    "field": ("field customer Acme", "field INC-42 customer Acme"),
    "update": ("update Rolling back checkout 4812", "update INC-42 Rolling back checkout 4812"),
    "note": ("note restarted the gateway", "note INC-42 13:38 restarted the gateway"),
    "resolve": ("resolve rolled back checkout 4812", "resolve INC-42 rolled back checkout 4812"),
    "merge": ("merge into INC-41", "merge INC-42 into INC-41"),
    "hold": ("hold until 9:00 waiting for the vendor", "hold INC-42 2h waiting for the vendor"),
    "set-times": ("set-times started 13:41", "set-times INC-42 detected 13:44"),
    "ticket": ("ticket", "ticket INC-42 Checkout returns 5xx"),
    "reopen": ("reopen INC-42 it's back", "reopen"),
    "cancel": ("cancel a false alarm", "cancel INC-42 a false alarm"),
    "decline": ("decline", "decline INC-42 ill"),
    "pass": ("pass @bo", "pass INC-42 @bo the replica lags"),
    "escalate": ("escalate", "escalate INC-42 level 3"),
    "page": ("page @bo", "page INC-42 database specialists"),
    "pause": ("pause 30m", "pause INC-42 1h"),
    "stop": ("stop known and harmless", "stop INC-42 known and harmless"),
    "why": ("why", "why INC-42 @bo"),
    "ask-manager": ("ask-manager may we fail over to Dublin?", "ask-manager INC-42 may we fail over to Dublin?"),
    "answer": ("answer yes the replica is in step", "answer INC-42 no it loses orders"),
    "vendor": ("vendor", "vendor INC-42 aws CASE-7"),
    "ic": ("ic", "ic INC-42 @dee"),
    "handoff": ("handoff @dee", "handoff INC-42 accept"),
    "take-command": ("take-command Ana isn't answering", "take-command INC-42 Ana isn't answering"),
    "role": ("role comms @li", "role INC-42 scribe @cy"),
    "decision": ("decision roll back now", "decision INC-42 D1 proceed"),
    "action": ("action @bo restart the pool 10m", "action INC-42 A1 +10"),
    "done": ("done A1", "done INC-42 A1"),
    "mitigation": ("mitigation roll back checkout 4812", "mitigation INC-42 M1 worked"),
}
"""What people type in Slack: in the war room, then anywhere. A verb without a row is its name, with a reference."""


def grouped(command: str, door: Place) -> list[tuple[str, list[Verb]]]:
    """The verbs of a command as its help shows them: of `/incident` the ten of every day, then five groups."""
    known = at(command, door)
    if command != "incident":
        return [("", list(known))]
    groups = {"": FIRST, **GROUPS}
    found = {title: [verb for name in names for verb in known if verb.name == name] for title, names in groups.items()}
    placed = {name for names in groups.values() for name in names}
    found[list(GROUPS)[-1]] += [verb for verb in known if verb.name not in placed]
    return list(found.items())


def examples(command: str, verb: Verb) -> tuple[str, ...]:
    """Two lines that somebody could type in Slack, or the one there is."""
    bare = (verb.name, f"{verb.name} INC-{EXAMPLE}") if verb.about_one else (verb.name,)
    return EXAMPLES.get(verb.name, bare) if command == "incident" else bare


def at(command: str, door: Place) -> tuple[Verb, ...]:
    """The verbs of a command that a door knows."""
    return tuple(verb for verb in COMMANDS[command] if door in verb.doors)


def find(command: str, word: str, door: Place | None = None) -> Verb | None:
    """The verb that this word means, by name or synonym, whatever its case."""
    lower = word.lower()
    verb = next((verb for verb in COMMANDS[command] if lower in verb.words), None)
    return verb if verb and (door is None or door in verb.doors) else None


def nearest(command: str, word: str, door: Place | None = None) -> tuple[Verb, ...]:
    """The verbs that were probably meant by a word we do not carry out, best first; empty when nothing is near."""
    known = [verb for verb in COMMANDS[command] if door is None or door in verb.doors]
    lower = word.lower()
    if mistaken := tuple(verb for verb in known if lower in verb.mistaken):
        return mistaken
    owners = {one: verb for verb in known for one in verb.words if one}
    close = get_close_matches(lower, list(owners), n=1, cutoff=0.7)
    return (owners[close[0]],) if close else ()


def unknown(command: str, word: str, door: Place, spelled: str = "{}") -> str:
    """What is answered to a word that is no verb here; `spelled` is how a command is written at this door.

    Never a guess that is carried out: "`call` is not a command. Did you mean `page`?"
    """
    shown = word[:60].replace("`", "'")
    near = " or ".join(f"`{spelled.format(verb.name)}`" for verb in nearest(command, word, door))
    return f"`{shown}` is not a command." + (f" Did you mean {near}?" if near else "")
