"""Planted bugs between the queue and the wire: what is sent, to whom, when and how often."""

import json
import os
import threading
import time
from dataclasses import fields
from typing import Any

from bot.integrations import outbound
from tests.torture.planted import Send, bug, looks_sent, reborn, sending

PAGES = ("page", "page.way")


def _swallow(*kinds: str, via: str = "") -> None:
    """Says that it was sent, and sends nothing."""

    def meddle(row: Any, item: Any, send: Send) -> Any:
        mine = row.kind in kinds and (not via or getattr(item, "via", "slack") == via)
        return looks_sent() if mine else send(item)

    sending(meddle)


def _changed(item: Any, **changes: Any) -> Any:
    return type(item)(**{one.name: changes.get(one.name, getattr(item, one.name)) for one in fields(item)})


@bug("Every Slack page goes to someone who has nothing to do with it.")
def wrong_person() -> None:
    sending(lambda row, item, send: send(_changed(item, to="U01LI") if row.kind == "page" else item))


@bug("Every SMS goes to someone else's phone.")
def wrong_number() -> None:
    def meddle(row: Any, item: Any, send: Send) -> Any:
        sms = row.kind == "page.way" and item.via == "sms"
        return send(_changed(item, address="+15550106") if sms else item)

    sending(meddle)


@bug("The process ends itself after its first page, as if it had been told to.")
def ends_after_its_first_page() -> None:
    def meddle(row: Any, item: Any, send: Send) -> Any:
        outcome = send(item)
        if row.kind == "page":
            os._exit(0)
        return outcome

    sending(meddle)


@bug("The process dies of an answer: it is started again and goes on.")
def dies_of_an_answer() -> None:
    def meddle(row: Any, item: Any, send: Send) -> Any:
        if row.kind == "page.edit" and not reborn():
            os._exit(1)
        return send(item)

    sending(meddle)


@bug("After a kill each page goes out twice by every way.", crashes=("before_send:2",))
def doubles_after_a_kill() -> None:
    twice = reborn()

    def meddle(row: Any, item: Any, send: Send) -> Any:
        outcome = send(item)
        return send(item) if twice and row.kind in PAGES else outcome

    sending(meddle)


@bug("A page in Slack is recorded as sent and never sent.")
def slack_page_never_sent() -> None:
    _swallow("page")


@bug("A page by SMS is recorded as sent and never sent.")
def sms_never_sent() -> None:
    _swallow("page.way", via="sms")


@bug("A page that Slack refuses for its rate is recorded as sent.",
     faults=({"method": "chat.postMessage", "kind": "429", "phase": "before_apply", "times": 2},))  # fmt: skip
def refused_for_its_rate() -> None:
    from bot.integrations.outcome import Reason, Retry

    def meddle(row: Any, item: Any, send: Send) -> Any:
        outcome = send(item)
        limited = isinstance(outcome, Retry) and outcome.reason is Reason.RATE
        return looks_sent() if limited and row.kind == "page" else outcome

    sending(meddle)


@bug("A person paged in the last hour is not paged about a second incident.", "course")
def second_incident_swallowed() -> None:
    seen: set[tuple[str, str]] = set()

    def meddle(row: Any, item: Any, send: Send) -> Any:
        if row.kind not in PAGES:
            return send(item)
        mine = (getattr(item, "to", "") or item.person, row.kind)
        if mine in seen:
            return looks_sent()
        seen.add(mine)
        return send(item)

    sending(meddle)


@bug("The first SMS leaves 100 seconds late.")
def late_sms() -> None:
    late = [100.0]

    def meddle(row: Any, item: Any, send: Send) -> Any:
        if row.kind == "page.way" and item.via == "sms" and late:
            time.sleep(late.pop())
        return send(item)

    sending(meddle)


@bug("A page in Slack is recorded as sent, and leaves when the bot has nothing else to do.")
def sent_before_it_is_sent() -> None:
    def meddle(row: Any, item: Any, send: Send) -> Any:
        if row.kind != "page":
            return send(item)
        threading.Timer(5, send, [item]).start()
        return looks_sent()

    sending(meddle)


@bug("A page in Slack has no button.")
def no_button() -> None:
    def bare(item: Any) -> Any:
        return _changed(item, blocks=[one for one in item.blocks if one["type"] != "actions"])

    sending(lambda row, item, send: send(bare(item) if row.kind in ("page", "page.edit") else item))


@bug("An SMS has no link to answer it.")
def no_link() -> None:
    def bare(item: Any) -> Any:
        return _changed(item, text=item.text.replace(item.ack_url, ""), ack_url="")

    def meddle(row: Any, item: Any, send: Send) -> Any:
        return send(bare(item) if row.kind == "page.way" and item.via == "sms" else item)

    sending(meddle)


@bug("A page in Slack names another incident.")
def wrong_incident() -> None:
    def renamed(item: Any) -> Any:
        blocks = json.loads(json.dumps(item.blocks).replace("INC-1", "INC-7"))
        return _changed(item, text=item.text.replace("INC-1", "INC-7"), blocks=blocks)

    sending(lambda row, item, send: send(renamed(item) if row.kind in ("page", "page.edit") else item))


@bug("A page that is withdrawn keeps its buttons.", "course")
def withdrawn_page_stays_live() -> None:
    _swallow("page.edit")


@bug("PagerDuty and Opsgenie are never told that someone has answered.", "everywhere")
def pagers_not_called_off() -> None:
    _swallow("page.withdraw")


@bug("An incident is announced nowhere.")
def announcement_missing() -> None:
    _swallow("announce", "announcement.refresh")


@bug("An incident is announced twice.")
def announcement_twice() -> None:
    def meddle(row: Any, item: Any, send: Send) -> Any:
        if isinstance(item, outbound.Post) and row.kind == "announce":
            send(_changed(item, key=f"{item.key}:again"))
        return send(item)

    sending(meddle)


@bug("The room's card is never posted.")
def card_missing() -> None:
    _swallow("room.card", "card.refresh")


@bug("No one is invited to the room.")
def nobody_invited() -> None:
    _swallow("room.invite")


@bug("An update is recorded and posted nowhere.", "course")
def update_lost() -> None:
    _swallow("post", "announcement.reply")
