"""At a command line: why people were paged, who would be, what a new configuration costs, who cannot be reached."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.stories.terminal import DECLARE, DEMO, Terminal


def test_why_tells_the_decision_and_that_nothing_was_sent_yet(tocsin: Terminal) -> None:
    tocsin(*DECLARE)
    said = tocsin("incident", "why", "INC-1")
    assert "the service checkout names it" in said
    assert "level 1: schedule:primary-oncall" in said
    assert "on call for primary-oncall: layer primary" in said
    assert "e-mail is not set up" in said
    (run,) = tocsin.json("incident", "why", "1")["escalations"]
    assert run["decision"]["by"] == "service"
    assert run["levels"][0]["pages"][0]["decision"]["schedule"] == "primary-oncall"
    assert "there is no" in tocsin.refuses("incident", "why", "INC-9").lower()


def test_preview_waits_as_paging_does(tocsin: Terminal) -> None:
    asked = ["oncall", "preview", "--severity", "sev4", "--at", "2026-11-28T12:00"]  # a Saturday
    said = tocsin(*asked)
    assert "Declared at Sat 28 Nov 2026 12:00 CET, it waits for business hours." in said
    assert "low, from Mon 30 Nov 2026 09:00 CET" in said
    assert tocsin.json(*asked, "--policy", "low")["waits"] is None, "what is paged by hand never waits"


def test_preview_takes_what_an_alert_is_labelled_with(tocsin: Terminal, tmp_path: Path) -> None:
    alert = tmp_path / "alert.json"
    alert.write_text(json.dumps({"alerts": [{"labels": {"severity": "critical", "service": "checkout"}}]}), "utf-8")
    found = tocsin.json("oncall", "preview", "--alert", str(alert))
    assert (found["policy"], found["severity"], found["service"]) == ("critical", "SEV-1", "checkout")
    person = found["levels"][0]["people"][0]
    assert person["ways"][0] == {"via": "slack", "after": "0m", "address": ""}
    assert "is not set up" in person["unused"]["email"]
    alert.write_text("[]", "utf-8")
    assert "no JSON object" in tocsin.refuses("oncall", "preview", "--alert", str(alert))
    alert.write_text("{}", "utf-8")
    assert "neither a `severity` nor a `service`" in tocsin.refuses("oncall", "preview", "--alert", str(alert))
    assert "name what would page" in tocsin.refuses("oncall", "preview", ends=2)


def test_a_new_configuration_is_weighed_against_the_old(tocsin: Terminal, tmp_path: Path) -> None:
    new = tmp_path / "new.yml"
    new.write_text(DEMO.read_text("utf-8").replace("people: [dee, eve]", "people: [[], eve]"), "utf-8")
    said = tocsin("check", str(new), "--against", str(DEMO))
    assert "ic-oncall has no one from" in said
    assert "tocsin oncall override --schedule ic-oncall --from" in said
    assert "1 window that no one covers any more" in said or "2 windows that no one covers any more" in said
    found = tocsin.json("oncall", "preview", "--config", str(new), "--against", str(DEMO), "--days", "28")
    assert {gap["schedule"] for gap in found["gaps"]} == {"ic-oncall"}
    assert all(gap["before"] == ["dee"] for gap in found["gaps"])
    assert "No one is paged differently" in tocsin("check", str(DEMO), "--against", str(DEMO))


def test_check_says_who_cannot_be_reached(tocsin: Terminal) -> None:
    said = tocsin("oncall", "check", ends=1)
    assert "nothing but Slack reaches them" in said
    assert "e-mail is not set up" in said


def test_what_an_edit_of_a_rotation_would_move_and_how_to_move_no_one(tocsin: Terminal, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    monday = today - timedelta(days=today.weekday(), weeks=3)  # the fourth week: Ana's, or with four people Dee's
    line = f"{{name: primary, rotation: weekly, start: {monday}T00:00, people: [ana, bo, cy]"
    old, new, gentle = (tmp_path / f"{name}.yml" for name in ("old", "new", "gentle"))
    demo = DEMO.read_text("utf-8")
    former = "{name: primary, rotation: weekly, start: 2026-01-05T09:00, people: [ana, bo, cy]"
    old.write_text(demo.replace(former, line, 1), "utf-8")
    new.write_text(demo.replace(former, line.replace("cy]", "cy, dee]"), 1), "utf-8")
    said = tocsin("check", str(new), "--against", str(old))
    assert "primary-oncall moves shifts of the next 8 weeks; on call now: Dee Park instead of Ana Ruiz." in said
    assert "  Ana Ruiz: no longer " in said
    assert "00:00" not in said.split("Level 1")[0].split("`until")[0], "whole days are days"
    begins = f"{monday + timedelta(weeks=6)}T00:00"
    assert f"`until: {begins}`" in said
    later = line.replace("name: primary", "name: later").replace(f"{monday}T00:00", begins).replace("cy]", "cy, dee]")
    gentle.write_text(demo.replace(former, f"{line}, until: {begins}}}\n      - {later}", 1), "utf-8")
    found = tocsin.json("check", str(gentle), "--against", str(old))["shifts"]
    first = min(span[0] for one in found for row in one["moved"] for span in (*row["was"], *row["now"]))
    assert first[:10] >= str(monday + timedelta(weeks=9)), "no one moves before Dee's first week"
    assert "moves shifts" not in tocsin("check", str(old), "--against", str(old))
