"""What the words after a verb say besides their text: help, second thoughts, a question, the other one, thanks."""

import pytest

from tests.domain.handlers.words.reading import read

INTENT = (
    *((f"{verb} {typed}", f'help "{verb}"')
      for verb in ("resolve", "update", "cancel", "note", "page", "ack", "declare")
      for typed in ("help", "?", "--help", "-h", "??", "help!", "Help please", "usage")),
    ("resolve INC-1 help", 'help "resolve"'),
    ("resolve INC-1 --help", 'help "resolve"'),
    ("INC-1 resolve help", 'help "resolve"'),
    *((f"resolve {typed}", "no SecondThoughts") for typed in (
        "not yet", "wait no", "wait", "wait, no", "no", "no, still failing", "nope", "undo", "don't", "please don't",
        "not now", "never mind", "nevermind", "hold on", "hang on a second", "oops", "not resolved", "not fixed yet",
        "still broken", "it is still failing", "it's not fixed", "maybe", "maybe later", "do not resolve it",
        "on second thought, no", "INC-1 not yet", "wait, we are still looking", "hmm", "no wait")),
    ("INC-1 resolve not yet", "no SecondThoughts"),
    ("cancel wait", "no SecondThoughts"),
    ("close not yet", "no SecondThoughts"),
    ("update wait, no", "no SecondThoughts"),
    ("cancel oops", 'cancel "oops"'),
    ("cancel my mistake", 'cancel "my mistake"'),
    ("resolve is it over?", "no OnlyAsked"),
    ("resolve rolled back?", "no OnlyAsked"),
    ("cancel false alarm?", "no OnlyAsked"),
    *((f"{verb} {typed}", f"{verb} unnamed") for verb in ("resolve", "cancel", "ack") for typed in (
        "both", "all", "all of them", "last", "latest", "the last one", "it", "this", "that one", "the other one",
        "other", "second one", "first", "everything", "them", "both incidents", "all incidents",
        "the incident", "both please") if (verb, typed) not in (("ack", "it"), ("ack", "this"))),
    # what leaves an incident out names no other
    *((f"{verb} {typed}", f'{verb} "{typed}" unnamed') for verb in ("resolve", "cancel", "update") for typed in (
        "not INC-1", "everything except INC-1", "all but INC-1", "all but 1", "all of them except the first one",
        "caused by DNS, not INC-1", "anything other than INC-1", "both except for INC-1", "leave INC-1 alone")),
    ("resolve INC-2, not INC-1", 'resolve INC-2 "not INC-1"'),
    ("update INC-2 is fixed, INC-1 is not", 'update INC-2 "is fixed, INC-1 is not"'),
    ("update all but one node are back", 'update "all but one node are back"'),
    *((f"resolve {typed}", "no SecondThoughts") for typed in ("none", "nothing", "none of them", "neither")),
    ("resolve nothing was wrong", 'resolve "nothing was wrong"'),
    *((f"resolve {typed}", "resolve unnamed") for typed in ("2nd", "2nd one", "the 3rd incident")),
    *((f"escalate {typed}", "escalate") for typed in ("now", "now!", "please", "asap", "right away")),
    ("escalate INC-2 now", "escalate INC-2"),
    ("escalate level 2", 'escalate "level 2"'),
    ("page please", "page"),
    ("ack it", "ack"),
    # what is not over, what is a thing of ours, and what is a title
    *((f"resolve {typed}", f'resolve "{typed}" unnamed') for typed in (
        "if bo agrees", "when it is done", "not this one", "in an hour", "by tomorrow", "should be fine",
        "once deployed")),
    *((f"{verb} {typed}", f'{verb} "{typed}" unnamed') for verb in ("resolve", "cancel") for typed in (
        "two", "one and two", "ii", "the drill", "the private one", "the sev1", "bo's incident", "another one",
        "something else", "anything", "my incident")),
    *((f"resolve {typed}", f'resolve "{typed}"') for typed in (
        "24/7 support restarted it", "1/2 of the nodes rebooted", "2-3 minutes of downtime",
        "another restart fixed it",
        "something was misread", "customer's proxy was the cause", "any node was affected", "one node was rebooted")),
    ("resolve the drill press is fixed", 'resolve "the drill press is fixed"'),
    ("cancel something was misread", 'cancel "something was misread"'),
    ("resolve INC-2 if bo agrees", 'resolve INC-2 "if bo agrees" unnamed'),
    ("cancel the paging", 'cancel "the paging" unnamed'),
    *((f"{verb}?", f'help "{verb}"') for verb in (
        "cancel", "resolve", "close", "stop", "undo", "ack", "unack", "pause", "ic", "confirm", "resume")),
    *((f"sev {typed}", f"ask sev {about}SEV-2") for typed, about in (
        ("2?", ""), ("sev2?", ""), ("INC-4 2?", "INC-4 "), ("INC-4 to sev2 ?", "INC-4 "))),
    ("why?", "why"),
    ("ic bo?", "no OnlyAsked"),
    *((typed, "no SecondThoughts") for typed in (
        "sev INC-1 sev2 if it gets worse", "sev INC-1 sev2 maybe", "INC-1 sev2 soon", "INC-1 sev3 tomorrow",
        "monitoring not yet", "status INC-1 identified maybe")),
    *((f"{verb} INC-1 {typed}", "no SecondThoughts")
      for verb in ("take-command", "reject", "accept", "hold", "unhold")
      for typed in ("not yet", "no wait", "not sure", "never mind", "don't")),
    *((f"{verb} INC-1 {typed}", "no OnlyAsked")
      for verb in ("take-command", "reject", "hold", "complaint")
      for typed in ("should I?", "is it ours?")),
    ("hold INC-1 2h not yet", "no SecondThoughts"),
    *((f"update INC-1 {typed}", f'update INC-1 "{typed}"')
      for typed in ("still down", "still investigating", "not fixed yet", "it's still failing", "not resolved")),
    ("INC-1 sev2 few customers", 'sev INC-1 SEV-2 "few customers"'),
    ("resolve at 12:05 by rollback", 'resolve "at 12:05 by rollback"'),
    ("resolve room was full, restarted", 'resolve "room was full, restarted"'),
    ("stop the paging", 'stop "the paging"'),
    ("cancel paging was a test", 'cancel "paging was a test"'),
    ("fixed: rolled back", 'resolve "rolled back"'),
    ("fixed rolled back", 'resolve "rolled back" unnamed'),
    ("resolve it was down for a minute, restarted", 'resolve "it was down for a minute, restarted"'),
    ("open orders are missing", 'ask declare "orders are missing" | declare "open orders are missing"'),
    ("open sev1 orders are missing", 'declare SEV-1 "orders are missing"'),
    ("can't, driving", 'decline "driving"'),
    ("can't take it", 'decline "take it"'),
    ("update fixed", 'update "fixed" unnamed'),
    (f"update {'it is ' * 300}x", f"update \"{'it is ' * 300}x\""),  # no length of words takes for ever
    ("resolve it works now! INC-2", 'resolve "it works now! INC-2" ? INC-2 "it works now! INC-2"'),
    ("update fixed the index, watching", 'update "fixed the index, watching"'),
    ("note -", "note"),
    ("resolve both: rolled back", 'resolve "rolled back" unnamed'),
    ("resolve the other one, rolled back", 'resolve "rolled back" unnamed'),
    ("close all", "close unnamed"),
    # a part of it, a failure, a thing of somebody's, another verb: no end
    *((f"resolve {typed}", f'resolve "{typed}" unnamed') for typed in (
        "half of it", "partially", "partially fixed", "partly done", "half fixed", "mostly fixed", "looks better",
        "looks ok", "seems fine", "getting better", "improving", "temporarily fixed", "not fully fixed",
        "fixed but still slow", "did not work", "didn't work", "that did not help", "attempt failed",
        "rollback failed", "the restart has failed", "failed", "failed again", "unsuccessful", "no luck", "no effect",
        "no root cause", "no idea", "nothing helped, no improvement", "failed to roll back", "bo's action", "bo's fix",
        "my action", "drill", "private", "exercise", "cancel", "escalate")),
    *((f"cancel {typed}", f'cancel "{typed}" unnamed') for typed in (
        "resolve", "rollback", "the rollback", "deploy", "the deployment", "my deploy", "restart", "bo's action",
        "drill", "15:00", "at 15:00", "did not work")),
    ("resolve INC-2 did not work", 'resolve INC-2 "did not work" unnamed'),
    *((f"{verb} {typed}", verb) for verb in ("resolve", "cancel", "reopen") for typed in (
        "pls", "please", "now", "asap", "ok", "thanks", "right away")),
    *((f"resolve {typed}", f'resolve "{typed}" unnamed') for typed in (
        "15:00", "at 15:00", "3 pm", "15:00 utc", "since 14:30")),
    *((f"resolve {typed}", 'resolve "rolled back"') for typed in (
        "\u2014 rolled back", "- rolled back", "-- rolled back", "\u2013 rolled back", ": rolled back")),
    *((f"resolve {typed}", f'resolve "{typed}"') for typed in (
        "rollback", "failover", "restart failed, rolled back", "disk failed, replaced it", "failed deploy, reverted",
        "the fix didn't help, so we restarted it", "root cause unknown", "not reproducible", "no impact", "done",
        "it's back", "it's fixed", "15:00 rolled back", "dns", "vendor fixed it", "half-open circuit breaker reset")),
    *((f"cancel {typed}", f'cancel "{typed}"') for typed in (
        "noise", "test", "duplicate", "it's a drill", "wrong channel")),
    ("reopen did not work", 'reopen "did not work"'),
    ("undo ack", "unack"),
    ("undo the ack", "unack"),
    ("undo pause", "resume"),
    *((f"undo {typed}", "reopen unnamed") for typed in ("resolve", "cancel", "close")),
    # what is for some only, and what tells nothing, is published by nobody's accident
    *((f"update {typed}", f'update "{typed}" unnamed') for typed in (
        "private: customer X", "private - customer X", "internal: x", "(internal) customer X", "[internal] customer X",
        "customer X (internal)", "customer X, internal only", "customer X, not for publication", "draft: maybe the db",
        "not for publication: customer X",
        "internal only: customer X", "for internal use: x", "off the record: x", "x, off the record",
        "confidential: x", "customer X - confidential", "draft", "draft - maybe the db", "keep this internal: x",
        "under nda: x", "pvt: customer X",
        "customer X, confidentially", "customer X, don't tell anyone", "customer X (legal team only)",
        "vertraulich: customer X", "customer X - need to know", "customer X, in confidence",
        "ok?", "can anybody reproduce?", "is it over?", "sev2", "SEV-1", "test", "drill", "paging",
        "the schedule", "-30m db")),
    *((f"update {typed}", "update") for typed in (
        "next 15:00", "next update at 15:00", "15:00", "eta 15:00", "soon", "more soon", "update soon", "pls",
        "asap", "tbd")),
    *((f"update {typed}", "no UnknownFlag") for typed in (
        "--internal looking", "--private x", "\u2014private x", "--next 30m db", "x --status identified", "--draft x")),
    *((f"update {typed}", f'update "{typed}"') for typed in (
        "internal DNS is broken", "private keys are rotated", "the private network is down", "draft db is restored",
        "15:00 rolled back", "we rolled back, next at 15:00", "rolling back", "identified", "identified the db",
        "testing the fix", "test passed", "50%", "ran `kubectl delete --force`",
        "paging works again", "sev2 because the db is ok", "the internal tools are back",
        "customers are told privately", "partly fixed", "rollback did not work", "drill press is fixed")),
    *((f"update {typed}", "no SecondThoughts") for typed in ("do not publish: customer X", "don't share: customer X")),
    ("note ran kubectl --force", 'note "ran kubectl --force"'),
    # words that only begin like that
    ("resolve no longer failing", 'resolve "no longer failing"'),
    ("resolve no errors for ten minutes", 'resolve "no errors for ten minutes"'),
    ("resolve not our fault, the vendor fixed it", 'resolve "not our fault, the vendor fixed it"'),
    ("resolve wait times are back to normal", 'resolve "wait times are back to normal"'),
    ("resolve it was the DNS", 'resolve "it was the DNS"'),
    ("resolve all nodes restarted", 'resolve "all nodes restarted"'),
    ("resolve both databases are back", 'resolve "both databases are back"'),
    ("resolve first node restarted", 'resolve "first node restarted"'),
    ("resolve don't know, it recovered", 'resolve "don\'t know, it recovered"'),
    ("cancel not an incident", 'cancel "not an incident"'),
    ("cancel no impact", 'cancel "no impact"'),
    ("decline not now, driving", 'decline "not now, driving"'),
    ("answer no", 'answer "no"'),
    ("note not yet fixed", 'note "not yet fixed"'),
    ("update not everything is back", 'update "not everything is back"'),
    ("update help is on its way", 'update "help is on its way"'),
    # courtesy after a verb that takes no words
    *((f"{verb} {typed}".replace("2", "INC-2"), f"{verb} INC-2" if "2" in typed else verb)
      for verb in ("ack", "close", "resume") for typed in ("thanks", "2 please", "now", ", please", "2, thanks!")),
    ("ack, on it", "ack"),
    ("ack on it, thanks", "ack"),
    ("ack got it", "ack"),
    ("ack i have it", "ack"),
    ("ack INC-2 looking into it", "ack INC-2"),
    # marks are no text
    ("update !!!", "update"),
    ("update ...", "update"),
    ("update :fire:", "update"),
    ("resolve \u2705", "resolve"),
    ("update 5%", 'update "5%"'),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), INTENT)
def test_second_thoughts_help_and_what_stands_for_an_incident_end_nothing(typed: str, expected: str) -> None:
    assert read(typed) == expected
