"""A private incident at every door: each button, form, command, request, reply is forged with its numbers by somebody
who may not know of it. The answer is the one to numbers that nobody ever gave, and nothing changes.
"""

import json

import httpx
import pytest
from sqlmodel import select

import handlers
from handlers import subject, verbs
from storage.models import Decision, Escalation, Incident, JournalEntry, Page, VendorCase
from tests.stories.forging import NOBODYS, OUTSIDER, SECRET, TOKEN, Forger, Json, forger
from tests.stories.world import World

__all__ = ["forger"]

LEAD_NOWHERE = {
    "cover.choice", "cover.decline", "cover.get", "cover.take", "cover.withdraw", "declare.service", "declare.severity",
    "home.declare", "home.drill", "home.page", "home.test_page", "menu.declare", "menu.help", "menu.list", "menu.pages",
    "menu.test_page", "override.cancel", "override.choice", "override.open", "reachability.test", "severity.answer",
    "severity.level", "swap.choice",
    "swap.how", "tree.answer", "tree.back", "vendor.choose",
}  # fmt: skip
"""Buttons whose value leads to no incident; what the form around them carries is looked at all the same."""


PARTS = 4
"""Stories which share all buttons, or all commands, among them: one of each would outlast every other test."""


def history(world: World) -> tuple[int, list[Json]]:
    """Everything about the private incident that could have changed."""
    with world.app.desk.read() as session:
        told = len(session.exec(select(JournalEntry).where(JournalEntry.subject == "incident:1")).all())
        rows = [session.get_one(Incident, 1).model_dump(mode="json")]
        for model in (Page, Escalation, Decision, VendorCase):
            rows += [one.model_dump(mode="json") for one in session.exec(select(model)) if one.incident == 1]
    return told, rows


def test_every_button_and_form_leads_somewhere_or_nowhere() -> None:
    assert set(handlers.table("ACTIONS")) == set(subject.CARRIES) | LEAD_NOWHERE
    assert not LEAD_NOWHERE & set(subject.CARRIES)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_button_tells_an_outsider_of_a_private_incident_or_changes_it(forger: Forger, part: int) -> None:
    before, different = history(forger.world), {}
    for action in sorted(handlers.table("ACTIONS"))[part::PARTS]:
        for carried in (False, True):
            real, nobodys = (
                forger.action(action, one, forger.view("x", one) if carried else None)
                for one in (forger.real, NOBODYS)
            )  # fmt: skip
            if real != nobodys or SECRET in real or "went wrong" in real:
                different[f"{action} {'in a form' if carried else ''}"] = (real, nobodys)
    assert not different, f"{len(different)} tell or break: {json.dumps(different, indent=1)[:6000]}"
    assert history(forger.world) == before


def test_no_form_tells_an_outsider_of_a_private_incident_or_changes_it(forger: Forger) -> None:
    before, different = history(forger.world), {}
    for callback in sorted(handlers.table("VIEWS")):
        real, nobodys = (forger.submits(callback, one) for one in (forger.real, NOBODYS))
        if real != nobodys or SECRET in real or "went wrong" in real:
            different[f"form {callback}"] = (real, nobodys)
    assert not different, f"{len(different)} tell or break: {json.dumps(different, indent=1)[:6000]}"
    assert history(forger.world) == before


@pytest.mark.parametrize("part", range(PARTS))
def test_no_command_tells_an_outsider_of_a_private_incident_or_changes_it(forger: Forger, part: int) -> None:
    before, different = history(forger.world), {}
    for verb in verbs.INCIDENT[part::PARTS]:
        for words in ("", " x", " @bo", " sev2", " identified x", " 15m", " comms", " yes x", " --dry-run"):
            if not verb.about_one:
                continue
            real, nobodys = (
                forger.types("/incident", f"{verb.name} INC-{one.incident}{words}", one)
                for one in (forger.real, NOBODYS)
            )  # fmt: skip
            if real != nobodys or SECRET in real or "went wrong" in real:
                different[f"{verb.name}{words}"] = (real, nobodys)
    for text in ("/incident list", "/incident", "/oncall handoff", "/oncall health", "/incident ack", "/incident why"):
        command, _, words = text.partition(" ")
        if SECRET in forger.types(command, words, forger.real):
            different[text] = ("tells the title", "")
    assert not different, f"{len(different)} tell: {json.dumps(different, indent=1)[:6000]}"
    assert history(forger.world) == before


def test_no_request_in_an_outsiders_name_tells_of_a_private_incident_or_changes_it(forger: Forger) -> None:
    app = forger.world.app
    key = {"Authorization": f"Bearer {app.token}"}
    http = httpx.Client(base_url=app.url, headers=key, trust_env=False, verify=False, timeout=60)
    paths: Json = http.get("/openapi.json").json()["paths"]
    before, different, tried = history(forger.world), {}, 0
    for path, methods in paths.items():
        for method in methods if "{ref}" in path else ():
            tried += 1
            answers = []
            for one in (forger.real, NOBODYS):
                body = _body(methods[method]) if method == "post" else None
                got = http.request(method, path.replace("{ref}", f"INC-{one.incident}"), json=body,
                                   headers={"Tocsin-As": "li"})  # fmt: skip
                answers.append(one.plain(f"{got.status_code} {got.text}"))
            if answers[0] != answers[1] or SECRET in answers[0] or answers[0].startswith("5"):
                different[f"{method} {path}"] = answers
    assert tried > 20
    assert not different, f"{len(different)} tell: {json.dumps(different, indent=1)[:6000]}"
    assert history(forger.world) == before
    assert SECRET not in http.get("/api/v1/incidents?all=true", headers={"Tocsin-As": "li"}).text
    assert SECRET in http.get("/api/v1/incidents", headers={"Tocsin-As": "cy"}).text, "who declared it sees it"
    assert SECRET in http.get("/api/v1/incidents/1", headers={"Tocsin-As": "dee"}).text, "so does an admin"
    assert SECRET in http.get("/api/v1/incidents/1").text, "and the token without a name, which is an admin's"
    http.close()


def test_a_key_that_somebody_else_used_gives_their_answer_to_no_one(forger: Forger) -> None:
    key = {"Authorization": f"Bearer {forger.world.app.token}", "Idempotency-Key": "k1"}

    def noted(who: str) -> httpx.Response:
        return httpx.post(f"{forger.world.app.url}/api/v1/incidents/1/note", json={"text": "x"}, trust_env=False,
                          verify=False, headers={**key, "Tocsin-As": who}, timeout=60)  # fmt: skip

    assert SECRET in noted("cy").text
    assert noted("li").status_code == 404
    assert SECRET not in noted("li").text


def _body(described: Json) -> Json:
    """The least that a verb takes."""
    schema = (described.get("requestBody") or {}).get("content", {}).get("application/json", {}).get("schema", {})
    samples = {"severity": "sev2", "person": "li", "to": "li", "answer": "yes", "until": "15m", "vendor": "aws"}
    return {name: samples.get(name, "x") for name in schema.get("required", ())}


@pytest.mark.parametrize("text", ["ack {}", "decline {} asleep", "{}", "ack INC-{}"])
def test_no_reply_of_somebody_who_was_not_asked_is_told_of_a_private_incident(forger: Forger, text: str) -> None:
    before, answers = history(forger.world), []
    for one in (forger.real, NOBODYS):
        body = {"from": "+15550106", "text": text.format(one.incident)}
        for source in ("sms", "email"):
            got = httpx.post(f"{forger.world.app.url}/replies/{source}", json=body, trust_env=False, verify=False,
                             headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)  # fmt: skip
            answers.append(one.plain(f"{got.status_code} {got.text}"))
    assert len(set(answers)) == 1, answers
    assert "There is no incident INC-N" in answers[0]
    assert history(forger.world) == before


def test_what_is_answered_to_somebody_who_was_asked_keeps_the_title_inside(forger: Forger) -> None:
    with forger.world.app.desk.read() as session:
        asked = session.exec(select(Page).where(Page.id == forger.real.page)).one().person
    person = forger.world.app.desk.catalog.person_by_slack(asked)
    assert person is not None
    said = []
    for text in ("ack 1", "ack", "decline 1"):
        got = httpx.post(f"{forger.world.app.url}/replies/sms", json={"from": person.phone, "text": text},
                         headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False, verify=False,
                         timeout=60)  # fmt: skip
        said.append(got.text)
    assert SECRET not in " ".join(said)
    assert "INC-1" in said[0]


@pytest.mark.parametrize("text", ["ack INC-{}", "INC-{}?", "decline {}", "resolve INC-{}", "what is #{}"])
def test_no_words_to_the_bot_tell_an_outsider_of_a_private_incident(forger: Forger, text: str) -> None:
    before, said = history(forger.world), []
    for one in (forger.real, NOBODYS):
        for kind, where in (("message", "D01LI"), ("app_mention", "C01GENERAL")):
            asked, ident = text.format(one.incident), f"Ev{one.incident}{kind}"
            event = {"type": kind, "channel_type": "im", "user": OUTSIDER, "channel": where, "ts": "1.1", "text": asked}
            assert forger.hears(event, ident) == 200
            answer = forger.owed(ident).replace(ident, "EV").replace(asked, "ASKED")
            said.append(answer.replace(f'"number": {one.incident}', '"number": N').replace(f" {one.incident}", " N"))
    assert said[0] == said[2]
    assert said[1] == said[3]
    assert "[]" not in (said[0], said[1]), "each is answered"
    assert SECRET not in "".join(said)
    assert history(forger.world) == before


@pytest.mark.parametrize("word", ["show", "state", "history", "tl", "pm", "retro", "why", "export", "vendors", "tree"])
def test_no_other_word_of_a_read_leads_around_the_rule(forger: Forger, word: str) -> None:
    answers = []
    for one in (forger.real, NOBODYS):
        got = httpx.get(f"{forger.world.app.url}/api/v1/incidents/{one.incident}/{word}", trust_env=False, verify=False,
                        headers={"Authorization": f"Bearer {forger.world.app.token}", "Tocsin-As": "li"},
                        timeout=60)  # fmt: skip
        answers.append(one.plain(f"{got.status_code} {got.text}"))
    assert answers[0] == answers[1]
    assert answers[0].startswith("404")
