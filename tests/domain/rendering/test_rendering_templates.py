"""Every shipped template renders from its documented context, in every state, within Slack's limits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.rendering import limits
from bot.rendering.message import SHIPPED, Message, Renderer
from bot.rendering.template import Library
from tests.domain import (
    template_cases_lifecycle,
    template_cases_lists,
    template_cases_rooms,
    template_cases_schedule,
    template_cases_severity,
    why_cases,
)
from tests.domain.template_cases import (
    AT,
    BARE,
    CASES,
    COUNTS,
    ENDED_PAGES,
    INCIDENT,
    PAGE,
    POSTMORTEM,
    RESOLVED,
    ROLES,
    Context,
)

ACTIONS = {
    "problem.open",
    "ticket.create",
    "ticket.open",
    "declare.change",
    "declare.undo",
    "severity.set",
    *("severity.raise", "severity.because", "severity.keep"),
    "incident.affects",
    "menu.reopen",
    *("page.escalate", "command.take", "page.handover", "page.unack", "incident.ack"),
    *("ladder.pause", "ladder.stop", "ladder.resume", "ladder.renew"),
    *("cover.get", "cover.take", "cover.decline", "cover.withdraw", "override.open", "override.cancel"),
    "reachability.test",
    *("page.ack", "page.decline", "page.more", "page.join", "incident.take_ic", "incident.update", "incident.page"),
    *(
        "incident.roles",
        "incident.resolve",
        "incident.more",
        "incident.join",
        "tree.open",
        "room.open",
        "room.thread",
        "update.write",
    ),
    *("update.same", "update.snooze", "postmortem.open", "home.declare", "home.test_page", "home.page"),
    *("home.drill", "menu.list", "menu.catchup", "catchup.help", "catchup.watch", "command.accept", "action.done"),
    "ruling.proceed",
    *("onhold.end", "stable.keep"),
    *("triage.accept", "triage.reject", "link:create-a-ticket"),
    *("link:open-room", "link:join", "link:open-the-thread"),
}

renderer = Renderer()


def actions(message: Message) -> set[str]:
    return set(re.findall(r'"action_id": "([^"]+)"', json.dumps(message.blocks)))


def words(message: Message) -> str:
    return "\n".join(re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(message.blocks, ensure_ascii=False)))


EVERY = [
    *CASES,
    *template_cases_lists.CASES,
    *template_cases_rooms.CASES,
    *template_cases_lifecycle.CASES,
    *template_cases_schedule.CASES,
    *template_cases_severity.CASES,
    *why_cases.why(INCIDENT),
]


@pytest.mark.parametrize(("template", "context"), EVERY, ids=[f"{n}-{name}" for n, (name, _) in enumerate(EVERY)])
def test_each_template_renders_within_the_limits_and_with_known_actions(template: str, context: Context) -> None:
    message = renderer.message(template, context)
    assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []
    assert actions(message) <= ACTIONS
    assert message.text != "…"
    assert "None" not in words(message)
    assert "{" not in re.sub(r"<!date[^>]*>", "", words(message))


def test_every_case_is_a_shipped_message_with_a_row_in_the_readme() -> None:
    shipped = {
        Path(name).stem for name in Library(SHIPPED).names() if name.startswith("slack/") and name.endswith(".md")
    }
    readme = (SHIPPED / "slack" / "README.md").read_text("utf-8")
    cases = {template for template, _ in EVERY}
    assert cases - shipped == set()
    assert {name for name in cases if f"\n| {name} |" not in readme} == set()


def test_no_shipped_template_is_broken() -> None:
    assert renderer.problems() == []


def test_a_waiting_page_can_be_answered_and_an_ended_one_cannot() -> None:
    def shown(state: str) -> set[str]:
        return actions(renderer.message("page", {"incident": INCIDENT, "state": state, "page": PAGE}))

    assert {"page.ack", "page.decline", "page.more"} <= shown("waiting")
    for ended in ("acked", "acked_elsewhere", *ENDED_PAGES):
        assert not {"page.ack", "page.decline", "page.more"} & shown(ended)
    assert "page.join" in shown("missed")


def test_a_page_says_in_its_notification_how_to_acknowledge() -> None:
    text = renderer.message("page", {"incident": INCIDENT, "state": "waiting", "page": PAGE}).text
    assert text == (
        "SEV-1 Checkout returns 5xx. You are paged: primary on-call, checkout (until 09:00). "
        "Acknowledge: /incident ack INC-42"
    )


def test_the_card_of_a_resolved_incident_asks_for_nothing_but_the_postmortem() -> None:
    assert actions(renderer.message("card", {"incident": RESOLVED, "roles": ROLES, "pages": COUNTS})) == {
        "postmortem.open"
    }


def test_the_card_offers_command_while_nobody_has_it() -> None:
    assert "incident.take_ic" in actions(renderer.message("card", {"incident": BARE, "roles": ROLES, "pages": COUNTS}))
    assert "incident.take_ic" not in actions(
        renderer.message("card", {"incident": INCIDENT, "roles": ROLES, "pages": COUNTS})
    )


def test_at_most_one_button_of_a_message_is_primary() -> None:
    for template, context in CASES:
        if template != "home":
            blocks = json.dumps(renderer.message(template, context).blocks)
            assert blocks.count('"style": "primary"') <= 1, template


def test_a_long_list_stays_within_a_message_and_says_what_is_missing() -> None:
    message = renderer.message("list", {"incidents": [INCIDENT] * 120, **template_cases_lists.REST})
    assert len(message.blocks) == 50
    assert "more not shown" in words(message)


def test_a_postmortem_names_what_is_missing_instead_of_leaving_holes() -> None:
    full = renderer.text("postmortem.md", POSTMORTEM)
    assert "Missing" not in full
    assert "| Acknowledge | 2 min | 5 min | met |" in full
    assert "**Decision:** Roll back" in full
    empty = POSTMORTEM | {
        "incident": BARE | {"resolved_at": AT},
        "detection": {"source": None, "gap": None},
        **dict.fromkeys(("impact", "entries", "metrics", "pages", "decisions", "factors", "well", "follow_ups"), ()),
    }
    assert renderer.text("postmortem.md", empty).count("*Missing:") == 9


def test_a_file_of_ones_own_counts_flat_or_in_a_folder_that_is_shipped_and_nowhere_else(tmp_path: Path) -> None:
    for folder, text in (("backup", "# Old"), ("incidents", "# Mine")):
        (tmp_path / "slack" / folder).mkdir(parents=True)
        (tmp_path / "slack" / folder / "resolved.md").write_text(text)
    (tmp_path / "slack" / "backup" / "page.md").write_text("# Old")
    mine = Library(tmp_path)
    assert mine.place("slack/resolved.md") == tmp_path / "slack/incidents/resolved.md"
    assert not mine.has("slack/page.md"), "a folder of old files is not looked into"
    (tmp_path / "slack" / "resolved.md").write_text("# Flat")
    assert mine.place("slack/resolved.md") == tmp_path / "slack/resolved.md"
