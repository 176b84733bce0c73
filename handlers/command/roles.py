"""Roles: who commands, who speaks, who writes; by command, by button and by form."""

from dataclasses import replace

from sqlmodel import Session

from bot.domain.core import people
from bot.domain.core.errors import AlreadyThat, DomainError
from bot.domain.incidents import roles
from bot.domain.paging import whom
from bot.services.command import on_call
from bot.services.command import roles as role_service
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.workspace import directory
from bot.work import Work
from handlers import form, incident_reference, verbs
from handlers.door import Door
from handlers.incident_reference import Several
from handlers.request import Request
from handlers.response import Reply, Show, View
from handlers.words import question
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from handlers.words.people_named import MYSELF, known
from storage.models import Incident
from storage.queries import incidents as incident_queries


class NoRoleNamed(DomainError):
    """What should {who} do? `/incident ic {who}`, `/incident role tech {who}` (or comms, scribe), or
    `/incident page {who}`. Nothing was changed.
    """


ASKED = ("ic", "tech", "comms", "scribe", "sme", "observer")
"""What somebody is offered to be who was named without a role."""


def commander(door: Door, request: Request, said: Command) -> Reply:
    """`ic @ana`; alone it is whoever asks."""
    return about(door, request, said, lambda w, incident: _give(w, incident, "ic", said.text))


def assign(door: Door, request: Request, said: Command) -> Reply:
    """`role comms @li`, `role tech lead @bo`, `role @li comms`; alone it opens the form."""
    if not said.text:
        return looking(door, request, said, lambda session, number: Show(roles_view(door, session, number, request)))
    name, who = _split(said.words)
    if not name or (not who and _is_person(door, name)):
        return _which_role(door, request, said, who or name)
    return about(door, request, said, lambda w, incident: _give(w, incident, name, who))


def _which_role(door: Door, request: Request, said: Command, who: str) -> Reply:
    """`assign @bo`: a button for each role, and one to page them. Raises NoRoleNamed where nothing can be pressed."""
    found, refusal = known(who, door.catalog), NoRoleNamed(who=who if who.startswith(("@", "<")) else f"@{who}")
    if request.kind != "command" or found is None or said.verb is None:
        raise refusal
    verb, name = said.verb, found[1]
    try:
        about_it = door.look(
            request, verb.action, lambda s: incident_reference.number(s, door.catalog, request, verb, said.reference)
        )
        said = replace(said, reference=about_it)
    except Several:
        pass  # whichever button is pressed asks that
    except DomainError:
        raise refusal from None
    choices = [(f"Make {name} {roles.NAMES[key]}", replace(said, text=f"{key} {who}")) for key in ASKED]
    choices.append((f"Page {name}", replace(said, verb=verbs.find("/incident", "page"), text=who)))
    return question.ask(door, request, f"What should {name} do? Nothing has changed yet.", choices)


def _is_person(door: Door, name: str) -> bool:
    """Whether a word in the place of a role is somebody's name."""
    return name.lower().lstrip("@") in door.catalog.people


def _split(words: list[str]) -> tuple[str, str]:
    """The role's words and the person's; a role may have two ("tech lead")."""
    if people.MENTION.match(words[0]) or words[0].startswith("@"):
        return " ".join(words[1:]), words[0]
    two = " ".join(words[:2]).lower()
    length = 2 if two in roles.ALIASES else 1
    return " ".join(words[:length]), " ".join(words[length:])


def _give(w: Work, incident: Incident, name: str, who: str) -> Answer:
    word = whom.bare(who)
    if word.lower() in ("none", "nobody", "no one", "no-one", "free"):
        return role_service.empty(w, incident, name)
    if not word and roles.parse(name) != "ic":
        return role_service.take_vacant_role(w, incident, name)  # whoever only looks who has it takes it from no one
    person = w.actor.who if not word or word.lower() in MYSELF else directory.person(w, word)
    return role_service.take_role(w, incident, name, person)


def refuse_button(door: Door, request: Request) -> Reply:
    """The button of whoever was given a role; behind the incident stands which."""
    key = request.value.partition(":")[2]
    return door.do(request, "role", lambda w: role_service.refuse(w, incidents.find(w, request.number), key))


def take_ic(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "role", lambda w: role_service.take_vacant_role(w, incidents.find(w, number), "ic"))


def roles_button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "role", lambda session: roles_view(door, session, request.number, request)))


def roles_view(door: Door, session: Session, number: int, request: Request) -> View:
    """One field to a role, with its holder in it; an empty field changes nothing."""
    incident = incident_reference.open_one(session, door.catalog, request, number, "assigning a role")
    holders = incident_queries.roles(session, number)
    proposed = [] if "ic" in holders else on_call.people(session, door.catalog, door.desk.clock.now(), incident, "ic")
    blocks = []
    for key in roles.ALONE:
        who = proposed[0] if key == "ic" and proposed else holders.get(key)
        hint = "No one commands yet: this is who is on call for it." if key == "ic" and proposed else ""
        element = form.person(incident_reference.slack_of(door.catalog, who))
        blocks.append(form.field(key, roles.NAMES[key].capitalize(), element, optional=True, hint=hint))
    title = f"Roles of {door.catalog.reference(number)}"
    return form.modal("roles", title, blocks, submit="Save", meta=incident_reference.meta(request, incident))


def submitted(door: Door, request: Request) -> Reply:
    """Gives every role whose holder was changed, in one transaction."""
    number = request.number

    def use_case(w: Work) -> Answer:
        incident = incidents.find(w, number)
        holders = incident_queries.roles(w.session, number)
        wanted = {key: request.values.user(key) for key in roles.ALONE}
        changed = {
            key: who for key, who in wanted.items()
            if who and who != incident_reference.slack_of(w.catalog, holders.get(key))
        }  # fmt: skip
        if not changed:
            raise AlreadyThat(ref=w.catalog.reference(number), what="staffed like this")
        return [role_service.take_role(w, incident, key, who) for key, who in changed.items()][-1]

    return door.do(request, "role", use_case)


COMMANDS = {"ic": commander, "role": assign}
ACTIONS = {"incident.take_ic": take_ic, "incident.roles": roles_button, "role.refuse": refuse_button}
VIEWS = {"roles": submitted}
