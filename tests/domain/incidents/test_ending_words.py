"""Which words after `resolve` and `cancel` are carried out at once; all others are asked about."""

import pytest

from bot.domain.incidents import ending_words, typed_ending

ENDED = (
    "rolled back", "Rolled back 4812", "rolled back 4812", "restarted", "fixed", "fixed it", "it's fixed", "done",
    "reverted", "failed over", "4 nodes restarted", "it's back", "search is back", "mail is back", "works again",
    "it works now", "is up", "all green", "back to normal", "recovered", "false alarm", "gone", "is over",
    "all clear", "errors are gone", "the errors have stopped", "scaled up", "bo rolled back", "no longer failing",
    "no errors for ten minutes", "wait times are back to normal", "both databases are back", "all nodes restarted",
    "restart failed, rolled back", "disk failed, replaced it", "the fix didn't help, so we restarted it",
    "15:00 rolled back", "vendor fixed it", "the index is warm again", "users can log in again",
    "works again after a restart", "fixed by restarting the pod", "replaced the broken disk",
    "the index was slow, restarted", "it was down for a minute, restarted", "gave the gateway more memory",
    "all rotated", "restarted the index", "it went away", "it healed", "rolled back as in INC-99",
    "Rolled back again", "upgraded to 2.5", "restarted, cause unknown", "rolled back (INC-2)",
    "the drill press is fixed", "db-1 restarted", "fixed by <https://wiki.example/runbook", "it recovered",
    "queue is drained", "cache flushed", "everything is fine again", "checkout is healthy", "service restored",
    "switched to the secondary", "the node is up again", "at 12:05 rolled back", "deploy reverted",
    "pool raised to 200", "same as last time: restarted", "cleared the queue", "it is over", "we're back",
    "site's up", "fix deployed", "dns record corrected", "config change reverted", "back online",
    "all systems operational", "INC-2 is fixed", "certificate renewed", "all good", "all good now",
    "the queue caught up", "rolled back the deploy of checkout", "traffic is back to normal",
    "error rate is back to normal", "latency back to normal", "restarted the mail server", "ok again",
    "it's working again", "is resolved", "resolved", "solved",
)  # fmt: skip
NOT_ENDED = (
    "pods restarting", "db is being restored", "fix coming", "handed over to cy", "retrying", "another deploy needed",
    "should hold", "the fix is deploying", "escalated to aws", "index rebuilding",
    "rolling back", "rolling back now", "deploying fix", "restarting db", "fix is rolling out", "working on it",
    "fix deployed, monitoring", "came back", "it came back", "happening again", "errors still high", "nothing helped",
    "maybe fixed", "think so", "80% done", "step 1", "first step", "for now", "unclear", "who can help",
    "what did we do", "can someone check", "bo to confirm", "tbc", "rolled back, please verify",
    "rolled back i think", "rolled back, waiting for confirmation", "rolled back in staging", "fixed in staging",
    "fixed for some customers", "fixed for 80%", "restarted db, mail still broken", "blocked by aws", "handed to bo",
    "assigned to bo", "in progress", "ongoing", "started", "3 of 5 nodes", "3 of 5 nodes fixed",
    "sorry wrong incident", "wrong room", "nvm", "@bo can you", "errors are back", "the problem is back",
    "latency is up", "the outage is back", "it is back to failing", "restarted again and again, still down",
    "rolled back but slow", "to be fixed", "being fixed", "should be fixed", "will be fixed", "needs to be restarted",
    "fixed tomorrow", "fixed by noon", "not fixed", "is it fixed", "almost done", "nearly fixed", "did not work",
    "rollback started", "apparently fixed", "temporarily fixed", "fixed temporarily", "fixed on my side",
    "fixed in eu-west", "one of three restarted", "first node restarted", "getting better", "recovering",
    "seems fine", "rolled back?", "when restarted", "once fixed", "if rolled back", "ready to be fixed", "fix merged",
    "crashed again", "down again", "is down again", "it's down", "is slow again", "scaling up",
    "rolled back, errors remain", "step 1 done", "phase one completed", "not done", "nothing is fixed",
    "came back up again and broke", "root cause found", "identified", "will try again",
    "it got fixed and broke again", "hopefully fixed", "fixed hopefully", "needs confirmation",
    "fixed, needs confirmation", "fixed, keep an eye", "restarted, let's see", "restarted - watching", "so-so",
    "fix in progress", "fixed one node", "fixed half", "db is back, search is not", "db is back, search isn't",
    "mail up, search down",
)  # fmt: skip
CALLED_OFF = (
    "false alarm", "not an incident", "my mistake", "mistake", "duplicate", "duplicate of INC-2", "test",
    "it's a drill", "noise", "wrong channel", "nothing was wrong", "nothing is wrong", "user error",
    "resolved itself", "typo", "oops", "no impact", "paging was a test", "something was misread", "it was a test",
    "declared by mistake", "planned maintenance", "not real", "no issue", "works as designed", "alert was wrong",
    "monitoring glitch", "already declared", "same as INC-2", "sorry, wrong channel", "was a false alarm",
    "self-resolved", "it recovered on its own", "expected", "not our problem", "just a test",
    "this is a drill",
)  # fmt: skip
NOT_CALLED_OFF = (
    "the bridge", "zoom", "merge", "not a real incident yet", "everyone", "everybody", "call", "the rollback",
    "false alarm?", "deploy", "the meeting", "invites", "it if it is a false alarm", "not yet", "tomorrow",
    "the room", "war room", "notifications", "the drill", "the maintenance",
)  # fmt: skip
ONE_PERSON = ("calling me", "paging me", "for me", "me", "level 3", "at level 2", "the bleeding", "ringing my phone")
EVERYBODY = (
    "the paging",
    "paging",
    "known and harmless",
    "not tonight",
    "enough",
    "the alerts",
    "the calls",
    "now",
    "all pages",
)
FOR_SOME = (
    "just for us: bo did it", "fyi internally, customer X lost data", "for us: x", "internally: x", "between us, x",
    "just us: x", "for our eyes only: x", "FYI, for the team: x",
)  # fmt: skip
FOR_ALL = ("the fix for us-east is out", "it works for us customers too", "we use internal DNS again", "rolled back")


@pytest.mark.parametrize("words", ENDED)
def test_a_cure_that_happened_resolves(words: str) -> None:
    assert not ending_words.tells_of_no_end(words)


@pytest.mark.parametrize("words", NOT_ENDED)
def test_what_goes_on_is_doubted_or_only_a_part_tells_of_none(words: str) -> None:
    assert ending_words.tells_of_no_end(words)


@pytest.mark.parametrize("words", CALLED_OFF)
def test_a_reason_to_call_it_off(words: str) -> None:
    assert not typed_ending.names_another_thing(words, calls_off=True)


@pytest.mark.parametrize("words", NOT_CALLED_OFF)
def test_another_thing_to_call_off_is_no_reason(words: str) -> None:
    assert typed_ending.names_another_thing(words, calls_off=True)


@pytest.mark.parametrize("words", ONE_PERSON)
def test_whoever_wants_no_calls_does_not_end_those_of_everybody(words: str) -> None:
    assert typed_ending.is_for_one(words)


@pytest.mark.parametrize("words", EVERYBODY)
def test_a_reason_stops_the_paging(words: str) -> None:
    assert not typed_ending.is_for_one(words)


@pytest.mark.parametrize("words", FOR_SOME)
def test_what_is_for_some_is_withheld(words: str) -> None:
    assert typed_ending.is_withheld(words)


@pytest.mark.parametrize("words", FOR_ALL)
def test_what_only_sounds_like_it_is_for_all(words: str) -> None:
    assert not typed_ending.is_withheld(words)


def test_a_cause_is_how_it_ended_where_nothing_says_otherwise() -> None:
    for words in (
        "it was the pool",
        "a larger pool",
        "dns",
        "bad deploy",
        "the index was slow",
        "caused by restarting the db",
        "restarting the pods fixed it",
        "a rolling restart",
        "handed over to cy, who fixed it",
        "cert had expired",
    ):
        assert not ending_words.tells_of_no_end(words)


def test_no_length_of_words_takes_for_ever() -> None:
    for words in ("rolled back " * 300, "a, " * 1000, "is all now " * 400, "the failed " * 400, "was " * 1000):
        ending_words.tells_of_no_end(words)
