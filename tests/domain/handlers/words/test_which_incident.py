"""Which incident words name, wherever a person puts it: certain, or in doubt and asked about. Never another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.core import typed_references
from bot.domain.core.errors import DomainError
from bot.domain.core.verb import Verb
from handlers import verbs
from handlers.words import command_parser
from handlers.words.command import Command
from tests.domain.handlers.words.reading import catalog, read

SPELLINGS = (
    "INC-2", "inc 2", "Inc2", "INC_2", "INC.2", "INC: 2", "INC#2", "INC #2", "#2", "# 2", "INC–2", "INC—2", "INC‑2",
    "INC−2", "ＩＮＣ－２", "INC\u00a02", "INC\u200b-2", "“INC-2”", "‘INC-2’", '"INC-2"', "'INC-2'", "`INC-2`",
    "*INC-2*", "_INC-2_", "INC-02", "(INC-2)", "[INC-2]", "<INC-2>", "incident 2", "incident #2", "Incident no. 2",
    "the incident INC-2", "on INC-2", "for #2", "incident-2", "INCIDENT2", "incident_2", "incident: 2", "INC/2",
    "INC=2", "INC+2", "INC~2", "INC(2)", "INC[2]", "INC *2*", "INC `2`", "№2", "№ 2", "INC №2", "INC no. 2",
    "INC-\u0662", "2\ufe0f\u20e3", "2\u20e3", ":two:", "INC, 2",
)  # fmt: skip
BEHIND = ("", ",", ":", ".", ";", " -", " –", " —", "!", "?", "\n")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("behind", BEHIND)
def test_an_incident_in_front_of_the_words_is_meant_in_any_spelling(spelling: str, behind: str) -> None:
    for verb in ("resolve", "cancel", "update", "note", "Resolved:", "please resolve"):
        name = {"Resolved:": "resolve", "please resolve": "resolve"}.get(verb, verb)
        assert read(f"{verb} {spelling}{behind} rolled back") == f'{name} INC-2 "rolled back"'
    assert read(f"ack {spelling}{behind}") == "ack INC-2"
    assert read(f"page {spelling}{behind} <@U01DEE>") == 'page INC-2 "<@U01DEE>"'
    assert read(f"why {spelling}{behind}") == "why INC-2"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_in_the_middle_or_at_the_end_of_a_sentence_it_is_asked_about(spelling: str) -> None:
    for words in (f"the outage of {spelling} by a restart", f"rolled back {spelling}", f"rolled back, {spelling}."):
        for verb in ("resolve", "cancel", "note", "reopen", "decline", "stop"):
            assert "? INC-2 " in read(f"{verb} {words}")
            assert read(f"{verb} {words}").startswith(verb)
        assert "? INC-2 " in read(f"resolve {words}", room=1)
        assert read(f"resolve {words}", room=2).startswith('resolve INC-2 "')


OUTSIDE = (
    ("resolve INC-2, rolled back", 'resolve INC-2 "rolled back"'),
    ("cancel INC-2: false alarm", 'cancel INC-2 "false alarm"'),
    ("resolve inc 2 rolled back", 'resolve INC-2 "rolled back"'),
    ("update on INC-2: all good", 'update INC-2 "all good"'),
    ("INC-2 is resolved", "resolve INC-2"),
    ("INC-2: resolved, rolled back", 'resolve INC-2 "rolled back"'),
    ("INC-7 monitoring now", 'status INC-7 "monitoring now"'),
    ("monitoring INC-7", 'status INC-7 "monitoring"'),
    ("status monitoring INC-7", 'status INC-7 "monitoring"'),
    ("answer yes, INC-2 the risk is small", 'answer INC-2 "yes, the risk is small"'),
    ("answer 2 yes", 'answer INC-2 "yes"'),
    # a number in front of a sentence, or at its end
    ("note 4 of 5 nodes are back", 'note "4 of 5 nodes are back" ? INC-4 "of 5 nodes are back" counts'),
    ("resolve 4 nodes restarted", 'resolve "4 nodes restarted" ? INC-4 "nodes restarted" counts'),
    ("resolve 4: rolled back", 'resolve "4: rolled back" ? INC-4 "rolled back" counts'),
    ("resolve rolled back 4812", 'resolve "rolled back 4812" ? INC-4812 "rolled back" faint counts'),
    ("2 resolved, 3 to go", 'resolve "3 to go" ? INC-2 "3 to go" counts'),
    ("resolve 4", "resolve INC-4"),
    *(
        (f"{verb} {typed}", f'{verb} ? INC-13 "" ? INC-14 ""')
        for verb in ("cancel", "update")
        for typed in ("13, 14", "13 14", "13 and 14", "13 to 14")
    ),
    ("update in 15 minutes", 'update "in 15 minutes"'),
    ("resolve 4.", "resolve INC-4"),
    ("ack 4!", "ack INC-4"),
    ("4 ack", "ack INC-4"),
    ("note 9 pm deploy went out", 'note "9 pm deploy went out"'),
    ("page all-hands rack 4", 'page "all-hands rack 4" ? INC-4 "all-hands rack" faint counts'),
    ("page INC-2 all-hands data is being deleted", 'page INC-2 "all-hands data is being deleted"'),
    ("note error rate is 5%", 'note "error rate is 5%"'),
    *(
        (f"note {typed} x", f'note "{typed} x"')
        for typed in ("10 min ago", "5 minutes ago", "2 hours ago", "12 noon", "25:00", "UTC+1 12:20")
    ),
    ("note 13:38 deploy went out", 'note "13:38 deploy went out"'),
    ("resolve upgraded to 2.5", 'resolve "upgraded to 2.5"'),
    ("note node #2 is back", 'note "node #2 is back" ? INC-2 "node #2 is back" faint'),
    # other things than a reference
    ("note opened INC0012345 with the vendor", 'note "opened INC0012345 with the vendor"'),
    ("resolve db-1 restarted", 'resolve "db-1 restarted"'),
    ("resolve JIRA-2 is done", 'resolve "JIRA-2 is done"'),
    # part of a longer word, or a slip in the prefix
    ("resolve INC-2.5 was it", 'resolve "INC-2.5 was it" ? INC-2 "INC-2.5 was it"'),
    ("resolve inc-2x done", 'resolve "inc-2x done" ? INC-2 "inc-2x done"'),
    ("resolve ICN-2 done", 'resolve "ICN-2 done" ? INC-2 "ICN-2 done"'),
    ("resolve INV-2, done", 'resolve "INV-2, done" ? INC-2 "INV-2, done"'),
    # emoji, arrows, dashes and lines
    ("resolve ✅ INC-2 done", 'resolve INC-2 "✅ done"'),
    ("note - INC-2 - back", 'note INC-2 "back"'),
    ("note @INC-2 back", 'note INC-2 "back"'),
    ("resolve\nINC-2\ndone", 'resolve INC-2 "done"'),
    ("resolve INC/2 done", 'resolve INC-2 "done"'),
    ("resolve &lt;INC-2&gt; done", 'resolve INC-2 "done"'),
    ("page database, INC-2", 'page INC-2 "database"'),
    ("INC-2 status?", "status INC-2"),
    ("resolve see <https://x.example/INC-2>", 'resolve "see https://x.example/INC-2"'),
    ("resolve INC-2's twin", 'resolve "INC-2\'s twin" unnamed ? INC-2 "INC-2\'s twin"'),
    ("cancel duplicate of INC-2", 'cancel "duplicate of INC-2" ? INC-2 "duplicate of INC-2"'),
    ('resolve "rolled back INC-2"', 'resolve "rolled back INC-2" ? INC-2 "rolled back INC-2"'),
    ("vendor aws INC-5", 'vendor "aws INC-5" ? INC-5 "aws INC-5" faint'),
    # perhaps one of ours
    ("resolve I-2 rolled back", 'resolve "I-2 rolled back" ? INC-2 "I-2 rolled back" faint'),
    ("resolve i2 rolled back", 'resolve "i2 rolled back" ? INC-2 "i2 rolled back" faint'),
    ("resolve issue 2 rolled back", 'resolve "issue 2 rolled back" ? INC-2 "issue 2 rolled back" faint'),
    ("resolve ticket #2 rolled back", 'resolve "ticket #2 rolled back" ? INC-2 "ticket #2 rolled back" faint'),
    (
        "resolve incident two rolled back",
        'resolve "incident two rolled back" unnamed ? INC-2 "incident two rolled back" faint',
    ),
    ("resolve INC-two rolled back", 'resolve "INC-two rolled back" unnamed ? INC-2 "INC-two rolled back" faint'),
    (
        "note :one: web :two: database",
        'note ":one: web :two: database" ? INC-1 ":one: web :two: database" faint '
        '? INC-2 ":one: web :two: database" faint',
    ),
    # several
    ("resolve INC-1,2", 'resolve ? INC-1 "" ? INC-2 ""'),
    ("resolve INC-1, 2", 'resolve ? INC-1 "" ? INC-2 ""'),
    ("resolve INC-1 & 2", 'resolve ? INC-1 "" ? INC-2 ""'),
    ("resolve INC-1 and 2: rolled back", 'resolve "rolled back" ? INC-1 "rolled back" ? INC-2 "rolled back"'),
    ("resolve INC-1-2 done", 'resolve "done" ? INC-1 "done" ? INC-2 "done"'),
    *(
        (f"{verb} {typed}", f'{verb} ? INC-1 "" ? INC-2 ""')
        for verb in ("resolve", "cancel", "update", "ack")
        for typed in ("INC 1 2", "INC-1 2", "INC-1..2", "INC-1 to 2", "#1 2", "INC-1|2", "INC-1 then 2")
    ),
    ("resolve INC-1 2: rolled back", 'resolve "rolled back" ? INC-1 "rolled back" ? INC-2 "rolled back"'),
    ("resolve INC-1 2 rolled back", 'resolve INC-1 "2 rolled back" unnamed'),
    ("resolve INC-1 2 nodes restarted", 'resolve INC-1 "2 nodes restarted"'),
    ("note INC-1 12:20 deploy", 'note INC-1 "12:20 deploy"'),
    ("pause INC-5 30", 'pause INC-5 "30"'),
    *(
        (f"resolve {typed} rolled back", 'resolve INC-2 "rolled back"')
        for typed in ("I N C 2", "I.N.C. 2", "I-N-C-2", "i n c #2")
    ),
    ("resolve INC-1/2/3 done", 'resolve "done" ? INC-1 "done" ? INC-2 "done" ? INC-3 "done"'),
    ("cancel #1+2", 'cancel ? INC-1 "" ? INC-2 ""'),
    ("ack INC-1,2", 'ack ? INC-1 "" ? INC-2 ""'),
    ("close INC-1 & 2", 'close ? INC-1 "" ? INC-2 ""'),
    ("resolve INC-1, 2 nodes restarted", 'resolve INC-1 "2 nodes restarted"'),
    ("pause INC-5, 30", 'pause INC-5 "30"'),
    ("sev INC-2, 1", "sev INC-2 SEV-1"),
    ("resolve INC-2: same cause as INC-5", 'resolve INC-2 "same cause as INC-5"'),
    ("resolve INC-2 and INC-3", 'resolve "and INC-3" ? INC-2 "and INC-3" ? INC-3 "and INC-3"'),
    ("ack INC-2, INC-3", 'ack ? INC-2 "" ? INC-3 ""'),
    ("close 7 and 8", 'close ? INC-7 "" ? INC-8 ""'),
    ("page INC-5 <@U01DEE> INC-6", 'page "<@U01DEE>" ? INC-5 "<@U01DEE>" ? INC-6 "<@U01DEE>"'),
    # verbs with words of their own
    ("page INC-2.", "page INC-2"),
    ("ic INC-2.", "ic INC-2"),
    ("ic <@U01ANA> on INC-2", 'ic INC-2 "<@U01ANA>"'),
    ("role comms <@U01LI> for INC-5", 'role INC-5 "comms <@U01LI>"'),
    ("page 2 <@U01DEE>", 'page INC-2 "<@U01DEE>"'),
    ("page <@U01DEE> 2", 'page INC-2 "<@U01DEE>"'),
    ("pause 7", "pause INC-7"),
    ("pause 15 minutes", 'pause "15 minutes"'),
    ("pause INC-5 for 30m", 'pause INC-5 "for 30m"'),
    ("pause 7 30", 'pause INC-7 "30"'),
    ("escalate level 3", 'escalate "level 3"'),
    ("escalate level 3 INC-5", 'escalate INC-5 "level 3"'),
    ("escalate 2", "escalate INC-2"),
    ("INC-2", "status INC-2"),
    ("INC-2?", "status INC-2"),
    ("open INC-1", "status INC-1"),
    ("open #1.", "status INC-1"),
    ("4 nodes are down", 'ask declare "4 nodes are down"'),
    ("INC-0 ack", "no NoSuchIncident"),
    ("resolve INC-99999999999 x", "no NoSuchIncident"),
    ("sev2 INC-5 worse", 'sev INC-5 SEV-2 "worse"'),
    ("sev2 for INC-5", "sev INC-5 SEV-2"),
    ("INC-5 sev2", "sev INC-5 SEV-2"),
    ("INC-5 is sev 2 now", 'sev INC-5 SEV-2 "now"'),
    ("sev INC-2 down to sev3, fewer customers", 'sev INC-2 SEV-3 "fewer customers"'),
    ("sev INC-2: 1", "sev INC-2 SEV-1"),
    ("sev high many customers", 'sev SEV-2 "many customers"'),
    ("raise INC-5 to sev1", "ask sev INC-5 SEV-1"),
    ("sev1 payments down INC-5", 'ask sev INC-5 SEV-1 "payments down INC-5" | declare SEV-1 "payments down INC-5"'),
    ("sev1 payments down like INC-5 was", 'declare SEV-1 "payments down like INC-5 was"'),
)


@pytest.mark.parametrize(("typed", "expected"), OUTSIDE)
def test_outside_of_a_war_room(typed: str, expected: str) -> None:
    assert read(typed) == expected


IN_ROOM_1 = (
    ("resolve INC-2: fixed", 'resolve "fixed" ? INC-2 "fixed"'),
    ("resolve INC-1: fixed", 'resolve INC-1 "fixed"'),
    ("INC-2 resolve fixed", 'resolve "fixed" ? INC-2 "fixed"'),
    ("note same as INC-7", 'note "same as INC-7" ? INC-7 "same as INC-7"'),
    ("note as INC-1 said", 'note INC-1 "as INC-1 said"'),
    ("note 4 of 5 nodes are back", 'note "4 of 5 nodes are back"'),
    ("update 3 of 4 nodes are back", 'update "3 of 4 nodes are back"'),
    ("resolve 4 nodes restarted", 'resolve "4 nodes restarted"'),
    ("pause 7", 'pause "7"'),
    ("pause 15 minutes", 'pause "15 minutes"'),
    ("pause INC-7", 'pause ? INC-7 ""'),
    ("escalate 2", 'escalate "2"'),
    ("ack 7", 'ack ? INC-7 ""'),
    ("ack INC-1", "ack INC-1"),
    ("page INC-7 <@U01DEE>", 'page "<@U01DEE>" ? INC-7 "<@U01DEE>"'),
    ("room INC-7", 'room ? INC-7 ""'),
    # a verb without a number of its own
    ("cancel 2", 'cancel "2" ? INC-2 ""'),
    ("resolve 2", 'resolve "2" ? INC-2 ""'),
    ("resolve 2: rolled back", 'resolve "2: rolled back" ? INC-2 "rolled back" faint counts'),
    ("resolve 2, rolled back", 'resolve "2, rolled back" ? INC-2 "rolled back" faint counts'),
    ("resolve 1", 'resolve "1"'),
    ("close 2", 'close ? INC-2 ""'),
    ("resolve it", "resolve INC-1"),
    ("resolve this: rolled back", 'resolve INC-1 "rolled back"'),
    ("resolve the other one", "resolve unnamed"),
    # what only shows needs no question
    ("why INC-7", "why INC-7"),
    ("status INC-7", "status INC-7"),
    ("timeline 7", "timeline INC-7"),
    ("INC-7", "status INC-7"),
    ("status INC-7 monitoring", 'status "monitoring" ? INC-7 "monitoring"'),
    # a severity changes this room's
    ("sev2 less customers than thought", 'sev SEV-2 "less customers than thought"'),
    ("[sev2]: less customers", 'sev SEV-2 "less customers"'),
    ("sev 2 less", 'sev SEV-2 "less"'),
    ("critical: everything is gone", 'sev SEV-1 "everything is gone"'),
    ("sev2", "sev SEV-2"),
    ("sev2 INC-7 less", 'sev SEV-2 "less" ? INC-7 "less"'),
    ("sev INC-7 2", 'sev SEV-2 ? INC-7 ""'),
    ("payments down sev1", 'ask sev INC-1 SEV-1 "payments down" | declare SEV-1 "payments down"'),
    ("sev1 payments --private", 'ask sev INC-1 SEV-1 "payments" | declare SEV-1 "payments" private'),
    ("declare sev1 payments", 'declare SEV-1 "payments"'),
)


@pytest.mark.parametrize(("typed", "expected"), IN_ROOM_1)
def test_in_the_war_room_of_inc_1(typed: str, expected: str) -> None:
    assert read(typed, room=1) == expected


CHANGING = [verb for verb in verbs.INCIDENT if verb.about_one and not verb.reads]
NUMBERS = st.integers(1, 999_999)
PLACES = ("{ref} {verb} {words}", "{verb} {ref} {words}", "{verb} {words} {ref}", "{verb} {words} {ref} {words}",
          "{verb} ({ref}) {words}", "{verb}: “{ref}” {words}", "{verb} {words}\n{ref}", "{verb} {words}, {ref}!",
          "{verb} --- {ref} {words}", "please {verb} {ref}, {words}")  # fmt: skip


@given(
    st.sampled_from(CHANGING),
    NUMBERS,
    st.sampled_from([one for one in SPELLINGS if one != ":two:" and "\u20e3" not in one]),  # keys have one digit
    st.sampled_from(PLACES),
    st.sampled_from(
        ("", "rolled back", "yes it works", "the index was rebuilt", "2 of 3 nodes", "<@U01DEE>", ":fire:")
    ),
    st.sampled_from((None, 1)),
)
def test_no_command_is_carried_out_on_an_incident_that_its_words_do_not_name(
    verb: Verb, number: int, spelling: str, place: str, words: str, room: int | None
) -> None:
    """It is about the one that is named, or in doubt about that very one, or refused: never silently about another."""
    ref = spelling.replace("2", str(number)).replace("２", str(number)).replace("\u0662", str(number))
    typed = place.format(verb=verb.name, ref=ref, words=words)
    try:
        said = command_parser.incident(typed, catalog(), room=lambda: room)
    except DomainError:
        return
    commands = [said] if isinstance(said, Command) else [command for _, command in said.choices]
    for one in commands:
        if one.verb is None or one.verb.name in ("declare", "merge"):  # a form asks which of two are to be merged
            continue
        named = {one.reference, *(also.number for also in one.doubt)}
        foreign = typed_references.find(typed, "INC-") == []  # a number such as another tool's ticket
        assert number in named or foreign, typed
