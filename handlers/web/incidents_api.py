"""Incidents for programs and for the command line: the same use cases as in Slack, answered as JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from bot.deliveries.learning.postmortem import postmortem_json, postmortem_markdown
from bot.domain.core import people
from bot.domain.core.errors import BadReference, UnknownPerson, Unreachable
from bot.domain.core.people import Actor
from bot.domain.core.verb import Verb
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import visibility
from bot.domain.incidents.visibility import SEES_ALL, Viewer
from bot.rendering.contexts import render
from bot.rendering.contexts.command import catchup as catchups
from bot.rendering.contexts.core.composer import Composer, participants
from bot.services.core import incident as incident_service
from bot.services.core.answer import Answer
from bot.services.incidents import own_fields
from bot.services.learning import problems
from bot.services.paging import test_page as test_page_service
from bot.services.workspace import members
from bot.work import Work, WorkFactory
from handlers import verb_body
from handlers.changes import CHANGES
from handlers.incidents import changes, searching
from handlers.paging.why import told
from handlers.verb_body import BadRequest
from handlers.web import rest_verbs
from handlers.web import serializers as serializer_api
from handlers.web.assistance import serializers
from handlers.web.learning import problems as learning
from handlers.web.paging import why as why_api
from handlers.web.serializers import Json
from storage.models import Incident, IncidentStatus, Page
from storage.queries import command as command_queries
from storage.queries import incident_view as incident_views
from storage.queries import incidents as incident_queries
from storage.queries import members as member_queries
from storage.queries import searching as search_queries
from storage.queries.assignees import assignees
from storage.queries.incident_view import IncidentView

LISTED = 200
"""So many are answered at most, the newest."""


class Incidents:
    """Every method takes references as people write them (INC-1, 1) and raises DomainError or BadRequest.

    The `viewer` finds what they may know of; by default that is the holder of the token, an admin. `asker` is the
    person who is named instead, and may do there what they may do in Slack.
    """

    def __init__(
        self, desk: WorkFactory, composer: Callable[[], Composer], viewer: Viewer = SEES_ALL, asker: str = ""
    ) -> None:
        self._desk, self._composer, self._viewer, self._asker = desk, composer, viewer, asker

    def seen_by(self, person: str) -> "Incidents":
        """The same with the eyes of a person of tocsin.yml. Raises UnknownPerson."""
        who = self._somebody(person)
        return Incidents(self._desk, self._composer, visibility.viewer(self._desk.catalog, who), who)

    def _may(self, w: Work, verb: Verb) -> None:
        """Raises NotAllowed, as in Slack."""
        account = people.slack_id(self._asker, w.catalog) if self._asker else None
        if account:
            members.require(w.session, w.catalog, account, verb.action)

    def _somebody(self, person: str) -> str:
        """Whom a name means; an account that neither tocsin.yml nor Slack knows is nobody. Raises UnknownPerson."""
        who, catalog = people.identify(person, self._desk.catalog), self._desk.catalog
        if people.slack_id(who, catalog) == who and catalog.person_by_slack(who) is None:
            with self._desk.read() as session:
                if who not in member_queries.members(session, [who]):
                    raise UnknownPerson(text=person[:60], choices=", ".join(catalog.people))
        return who

    # reads

    def list(self, everything: bool = False, fields: Sequence[str] = (), **filters: str) -> list[Json]:
        """The open incidents, newest first, or all of them. `fields`: only those with these own fields; `filters`:
        words, severity, status, service, since, until, role and person, each as it is typed in Slack."""
        person, words = filters.pop("person", ""), (filters.pop("words", "") or "").split()
        given = [(key, text) for key, text in filters.items() if text]
        given += [("role", "any")] if person and not filters.get("role") else []
        given += [(key, text) for key, _, text in (one.partition("=") for one in fields)]
        own_fields.wanted(self._desk.catalog, fields)  # what is no pair is refused as such
        wanted = searching.reader(self._desk.catalog, self._desk.clock.now()).of(given, words)
        if not (everything or wanted.states or words):
            wanted = replace(wanted, states=tuple(map(str, IncidentStatus.OPEN)))
        names = self._names(person, needed=bool(wanted.role))
        with self._desk.read() as session:
            known = search_queries.found(session, wanted, names, lambda rows: self._known(session, rows), LISTED)
            with_whom = assignees(session, [row.number for row in known])
            show = self._composer().showing(session, [*(row.declared_by for row in known), *with_whom.values()])
            return [serializer_api.summary(show, row, with_whom.get(row.number or 0)) for row in known]

    def _names(self, person: str, *, needed: bool) -> frozenset[str]:
        """Whose role is looked for. Raises UnknownPerson, and BadRequest when nobody is named."""
        who = visibility.viewer(self._desk.catalog, self._somebody(person)).names if person else self._viewer.names
        if needed and not who:
            raise BadRequest("role needs a person: whose role is it?")
        return who

    def show(self, ref: str) -> Json:
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            return serializer_api.detail(session, composer.for_dossier(session, dossier), dossier)

    def timeline(self, ref: str) -> Iterable[Json]:
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            entries = incident_queries.timeline(session, dossier.incident.number or 0)
            show = composer.for_dossier(session, dossier, [entry.actor for entry in entries])
            return serializer_api.timeline(show, entries, dossier.incident.number)

    def catchup(self, ref: str) -> Json:
        """Where it stands in five lines, each with the facts it rests on."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            kept = command_queries.kept(session, dossier.incident.number or 0)
            show = composer.for_dossier(session, dossier, kept.people)
            said = catchups.lines(show, dossier, kept)
            return {
                "incident": show.ref(dossier.incident.number),
                "lines": [{"label": one.label, "text": one.text, "rests_on": list(one.rests)} for one in said],
            }

    def why(self, ref: str) -> Json:
        """The decisions behind its pages, as they were stored."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            runs = told(session, dossier.incident.number or 0)
            asked = [one.person for run in runs for level in run.levels for one in level.asked]
            show = composer.for_dossier(session, dossier, asked)
            return {"incident": show.ref(dossier.incident.number), "escalations": why_api.plain(show, runs)}

    def vendors(self, ref: str) -> Json:
        """Whose support can be asked, and the cases that are kept already."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            show = composer.for_dossier(session, dossier)
            kept = serializers.cases(session, show, dossier.incident.number or 0)
            return {
                "incident": show.ref(dossier.incident.number),
                "vendors": serializers.vendors(show.catalog),
                "cases": kept,
            }

    def links(self, ref: str) -> Json:
        """The addresses that are kept with it."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            kept = serializer_api.links(session, composer.for_dossier(session, dossier), dossier.incident.number or 0)
            return {"incident": self._desk.catalog.reference(dossier.incident.number or 0), "links": kept}

    def tree(self, ref: str, answers: Sequence[int] = ()) -> Json:
        """Where these answers (each from 1) to "who else do we need?" lead. Nothing is done. Raises NotOpen."""
        with self._desk.read() as session:
            _, dossier = self._dossier(session, ref)
            reference = self._desk.catalog.reference(dossier.incident.number or 0)
            incidents.require_open(dossier.incident, reference, "calling for more people")
            return {"incident": reference, **serializers.tree(self._desk.catalog, answers)}

    def export(self, ref: str) -> Json:
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            return serializer_api.everything(session, composer.for_dossier(session, dossier), dossier)

    def postmortem(self, ref: str) -> str:
        """The draft as Markdown."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            return postmortem_markdown(session, dossier.incident.number or 0, composer)

    def postmortem_facts(self, ref: str) -> Json:
        """The draft as plain values."""
        with self._desk.read() as session:
            composer, dossier = self._dossier(session, ref)
            return postmortem_json(session, dossier.incident.number or 0, composer)

    def problems(self, everything: bool = False) -> Sequence[Json]:
        """What has to be fixed for good, newest first; each with the incidents that its reader may know of."""
        with self._desk.read() as session:
            rows = problems.listed(session, self._viewer, everything=everything)
            show = self._composer().showing(session, [one.problem.owner for one in rows if one.problem.owner])
            return [learning.problem(show, one) for one in rows]

    def _dossier(self, session: Session, ref: str) -> tuple[Composer, IncidentView]:
        number = self._number(ref)
        found = incident_views.dossier(session, number)
        if found is None or not self._known(session, [found.incident]):
            raise visibility.unknown(found.incident if found else None, self._desk.catalog.reference(number))
        return self._composer(), found

    def _known(self, session: Session, rows: Sequence[Incident]) -> Sequence[Incident]:
        return incident_service.known_to(session, self._viewer, rows)

    def _number(self, ref: str) -> int:
        number = self._desk.catalog.parse_reference(ref)
        if number is None:
            raise BadReference(text=ref, example=self._desk.catalog.reference(1))
        return number

    # changes

    def declare(self, actor: Actor, given: Mapping[str, Any], key: str | None = None) -> Json:
        """A new incident; people are paged as its severity and service say."""
        verb = rest_verbs.of("incident", "declare")
        body = verb_body.read(verb, given)

        def use_case(w: Work) -> Answer:
            self._may(w, verb)
            return changes.declare(w, body)

        return self._carry_out(actor, key, use_case)

    def act(self, actor: Actor, ref: str, verb: str, given: Mapping[str, Any], key: str | None = None) -> Json:
        """One verb, by any of its words. The same `key` again changes nothing and gives the first answer.

        Raises NoSuchVerb and BadRequest.
        """
        number, known = self._number(ref), rest_verbs.change("incident", verb)
        body, change = verb_body.read(known, given), CHANGES[known.name]

        def use_case(w: Work) -> Answer:
            self._may(w, known)
            other = self._desk.catalog.parse_reference(getattr(body, "into", ""))
            for one in sorted({number, other or number}):  # two that meet lock in one order
                incident_service.find_known(w, one, self._viewer)
            return change(w, incident_service.find(w, number), body)

        return self._carry_out(actor, key, use_case)

    def test_page(self, actor: Actor) -> Json:
        """A page to `actor` that belongs to no incident; `page` is its number."""
        with self._desk.work(actor) as w:
            if people.slack_id(actor.who, w.catalog) is None:
                raise Unreachable(who=actor.who)
            test_page_service.test_page(w)
            mine = select(Page.id).where(Page.person == actor.who, col(Page.incident).is_(None))
            return {"page": w.session.exec(mine.order_by(col(Page.id).desc())).first()}

    def actor(self, who: str, via: str, on_behalf_of: str = "") -> Actor:
        """Whoever asks, or the person of tocsin.yml for whom they act. Raises UnknownPerson."""
        return Actor(self._somebody(on_behalf_of) if on_behalf_of else who, via)

    def _carry_out(self, actor: Actor, key: str | None, use_case: Callable[[Work], Answer]) -> Json:
        once = f"{actor.via}:{key}" if key else None
        answer = self._desk.run(actor, once, use_case, Answer.restore)
        with self._desk.read() as session:
            composer = self._composer()
            message = render.answer(session, composer, answer.template, answer.incident, answer.values)
            dossier = incident_views.dossier(session, answer.incident or 0)
            assert dossier is not None
            if not self._known(session, [dossier.incident]):  # the key was somebody else's
                raise visibility.unknown(dossier.incident, composer.catalog.reference(answer.incident or 0))
            show = composer.for_dossier(session, dossier, participants(dossier))
            return {
                "answer": answer.template,
                "message": serializer_api.sentence(show, message.text),
                "incident": serializer_api.detail(session, show, dossier),
            }
