"""Titles that may hold an option or a severity, and everyday words for a verb: asked, with a button per reading."""

import pytest

from bot.domain.core import typed_flags
from handlers.words import command_parser
from handlers.words.command import Ambiguity
from tests.domain.handlers.words.reading import catalog, read

MARKED = (
    "leak -- private", "leak - - private", "leak `--private`", "leak “--private”", 'leak "--private"', "leak /private",
    "leak (private)", "leak [private]", "leak *private*", "leak +private", "leak #private", "leak - private",
    "leak--private", "leak—private", "leak-private", "leak private", "leak, private.", "private leak", "private: leak",
    "leak (confidential)", "leak -- secret", "leak confidential", "leak, private please", "leak please private",
    "leak private pls", "leak, keep it private", "this must be private: leak", "secret: leak", "leak :lock:", "🔒 leak",
    "leak privately", "privately leak", "leak, not public", "leak non-public, thanks",
    "leak privat", "priavte leak", "leak privte", "leak private=true", "leak private: yes",
    "leak private :pray:", "leak private incident", "leak, in a private room", "leak private-please",
    # words of secrecy, before, behind and within
    "leak, confidentially", "confidentiel: leak", "leak, keep it quiet", "leak - do not announce",
    "leak, don't tell anyone", "leak (not for everyone)", "leak, security team only", "leak, hush hush", "leak, nda",
    "leak, invite only", "pvt leak", "priv leak", "leak priv", "in private leak", "leak in private",
    "confidental: leak", "leak, confidentail", "leak - keep this quiet", "keep this quiet: leak", "hush: leak",
    "leak (NDA)", "leak under nda", "legal hold: leak", "leak - legal hold", "leak, eyes only", "eyes only: leak",
    "leak (need to know)", "need-to-know: leak", "secretly leak", "leak, secretly", "leak not public",
    "leak, undisclosed", "undisclosed leak", "leak under embargo", "embargo: leak", "vertraulich: leak",
    "leak, vertraulich", "geheim: leak", "leak, geheim", "confidentielle: leak", "leak (confidencial)", "privé: leak",
    "leak, not to be announced", "leak, nobody else should know", "leak, do not share", "leak please don't share",
    "leak dont tell the customers", "don't tell anyone: leak", "don't announce leak", "leak (quiet)", "leak, quietly",
    "leak, strictly confidential", "leak - internal only", "internal: leak", "leak - top secret",
    "leak, for security only", "leak, only for legal", "leak, security only", "leak (restricted)",
    "leak, this is private", "leak - keep under wraps", "leak, between us", "leak, off the record",
    "leak, low profile please", "leak for your eyes only", "leak, invitees only", "leak by invitation only",
    "leak, discreetly", "leak, without telling anyone", "leak, no announcement", "secret incident leak",
    "secret leak", "leak, no public announcement", "leak, silent", "leak, keep quiet", "leak - not announced",
    "leak do not tell anybody", "leak - nobody should know", "leak #confidential", "leak, pvt", "leak (priv)",
    "leak [pvt]", "leak - privé",
    # a remark about who may know
    "leak, mum's the word", "leak, please be discreet", "leak, be discreet please", "leak - no public channel please",
    "leak tlp:red", "leak (TLP:AMBER+STRICT)", "tlp red: leak", "internal only leak", "leak, only me and bo",
    "leak, only bo and me", "leak - just me and bo", "leak, without announcement", "silently: leak", "leak, silently",
    "leak, don't put it in incidents", "leak, please don't post it in #incidents", "leak, not in #incidents",
    "leak, not in public", "leak, DM only", "leak, small group", "leak, limited audience", "leak, just sec team",
    "leak, only security", "leak, only security should see this", "leak, security eyes", "leak, just us",
    "leak, nobody outside security", "leak, hide this", "leak, hide it from customers", "leak, locked", "leak, shush",
    "ssh! leak", "leak, non-disclosure", "restricted access: leak", "hr matter: leak", "leak🤐", "leak 🤫", "leak 🙊",
    "leak :see_no_evil:", "vertrouwelijk: leak", "konfidentiell: leak", "poufne: leak", "sigiloso: leak",
    "конфиденциально: leak", "leak, секретно", "机密 leak", "leak, just the two of us", "leak, me and bo only",
    "leak, stays between us", "leak (only us)", "just us: leak", "leak, don't write about it", "leak, tell no one",
    "leak, fortrolig", "leak; no announcing", "leak, unter uns", "leak, no room please",
    # cut where the remark ends
    "[security only] leak", "in a private channel: leak", "leak, make it a secret room", "leak, treat as private",
    "leak, as a private incident", "leak, semi-private",
)  # fmt: skip
PROSE = (
    "the private-link is down", "/private/tmp is full", "a private network is down", 'the "--private flag" is broken',
    "vpc-private-link is down", "privately told", "secret manager is down",
    "uploads of pirates", "deploy to test is stuck", "the grill", "tests fail in demo",
    "the privately hosted repo is gone", "the drill press broke", "load test is failing", "the drills broke",
    "VPN private subnet", "secrets vault is down", "no one can see invoices", "webhooks do not post",
    "events are not published to kafka", "users confidently wrong", "internal dns is down", "public site is down",
    "checkout is down", "nobody can log in", "only the EU is down", "only the legal site is down",
    "tell command fails", "silent data loss", "payments fail silently", "internal server error",
    "hidden fields are lost", "closed tickets reopen", "quiet hours do not work", "legal site is down",
    "emails do not arrive", "restricted api keys fail", "classified ads are down", "priv-esc page broken",
    "api is not available to everyone", "secret keys expired", "not all users get mail",
    "security team dashboards down", "shares are not published", "confidence intervals wrong",
    "internal tools are down for the team", "team calendar is down", "uploads are down", "checkout is down",
    "test cluster is down", "smoke test fails", "checkout fails in test", "demo site is down",
    "training portal is down", "example.com is down", "hello page 500s", "test suite is red", "chaos in checkout",
    "real time feed is down", "payments not really working", "trial signups fail", "paging is broken",
    "no real time data", "alerts are not firing", "the exercise app is down", "a/b test", "bar chart is empty",
    "probe fails on db", "prova.example.com down",
    "checkout is down, only US customers", "checkout is down, only EU", "ssh: connection refused", "ssh keys rejected",
    "discrete gpu nodes are down", "search is slow, no errors", "checkout is down, only for some", "queue is locked",
    "login fails, only in Safari", "checkout down, only mobile", "channel list is empty", "dm delivery is late",
    "we cannot write to the db", "the limited edition page is down", "hidden fields are empty, no error",
    "checkout is down: no one outside the VPN can pay", "error says: not in list", "checkout down, just now",
    "no page loads", "checkout shows no page", "pages load slowly", "page is blank", "status page is down",
    "update button is broken", "checkout is not working", "nothing is ok", "maintenance page is shown to all",
    "cancel orders fails", "calls do not connect", "pager app crashes", "sandbox is down", "sample rate is wrong",
    "scenario editor is down", "onboarding is broken", "alerts are not urgent enough to ring, say users",
    "wrong prices on checkout", "duplicate invoices", "help center is down", "resolve dns fails", "list is empty",
    "checkout is back to 500s", "backups are late", "errors are back", "db is down", "all is down",
    "don't know why, checkout is down", "restart of db, only one node",
)  # fmt: skip


@pytest.mark.parametrize("title", MARKED)
@pytest.mark.parametrize("declares", ["declare sev1 {}", "sev1 {}", "declare {}, sev1", "declare {}"])
def test_nothing_is_declared_in_public_while_a_word_may_mean_private(title: str, declares: str) -> None:
    said = read(declares.format(title))
    private, public = said.removeprefix("ask ").split(" | ")
    assert private.endswith('"leak" private')
    assert not public.endswith(" private")
    assert ("SEV-1" in private, "SEV-1" in public) == ("sev1" in declares, "sev1" in declares)


@pytest.mark.parametrize("title", [
    "x -- drill", "x (drill)", "x drill", "x--drill", "fire drill", "drill", "this is a test", "test please ignore",
    "x exercise", "x please ignore", 
    "x, Please ignore", "x drill please", "x, drill pls", "test incident", "testing tocsin", "ignore me",
    "game day", "this is a training exercise", "dry run", "test: checkout down", "checkout down, test only",
    "checkout down, gameday", "checkout down - not real", "this is a drill: checkout down", "x dril",
    "fire drill: checkout down", "checkout down, dry run",
    "rehearsal: checkout is down", "chaos day: checkout is down", "simulated checkout outage", "mock incident",
    "tabletop: checkout", "pretend checkout is down", "wheel of misfortune", "wheel of misfortune: db",
    "übung: checkout", "simulacro checkout", "asdf", "foo", "hello world", "game day: checkout",
    "gameday checkout down", "checkout down (game day)", "checkout down, rehearsal", "practice: checkout",
    "practise checkout outage", "dry run: checkout", "checkout down dry run", "fire drill checkout",
    "this is not real: checkout down", "checkout down, this is not real", "checkout down - not a real incident",
    "just a test", "checkout is down, just a test", "test-incident", "test-incident checkout",
    "test incident checkout", "checkout down test", "checkout down (test)", "simulation of checkout outage",
    "simulation: x", "let's pretend checkout is down", "checkout down (simulated)", "mock: checkout",
    "mock outage of checkout", "tabletop exercise checkout", "rehearse checkout failover", "checkout rehearsal",
    "checkout down for practice", "training: checkout", "checkout down - training exercise", "fake outage",
    "dummy incident", "checkout down, please ignore", "DR drill: checkout", "monthly drill: checkout",
    "checkout down; only a drill", "this is just a simulation", "checkout (mock)", "testing 1 2 3", "test 1",
    "it's only a test checkout", "chaos engineering: kill db", "chaos experiment on checkout",
    "[SIMULATION] checkout", "checkout is down *drill*", "not for real: x", "trial run: x", "hypothetical: x",
    "imagine checkout is down", "testing the bot", "sandbox: checkout down", "onboarding bo: checkout down",
    "trying out tocsin, checkout down", "scenario 3: checkout down", "test123", "gameday3 checkout down",
    "POC checkout down", "sample incident", "checkout down (sandbox)", "POC: checkout",
])  # fmt: skip
def test_nothing_pages_in_earnest_while_a_word_may_mean_a_drill(title: str) -> None:
    drill, real = read(f"sev1 {title}").split(" | ")
    assert drill.startswith("ask declare SEV-1")
    assert drill.endswith(" drill")
    assert real == f'declare SEV-1 "{title}"'


@pytest.mark.parametrize("title", PROSE)
def test_a_word_of_a_sentence_is_no_option(title: str) -> None:
    assert read(f"declare sev1 {title}") == f'declare SEV-1 "{title}"'


SAID = (
    # an everyday sentence has its own button, and one word of secrecy within it asks
    ("declare sev1 private cloud is down",
     'ask declare SEV-1 "cloud is down" private | declare SEV-1 "private cloud is down"'),
    *((f"declare sev1 {title}", f'ask declare SEV-1 "{title}" private | declare SEV-1 "{title}"') for title in (
        "customers saw confidential data of others", "leak at acme, don't tell anyone, we're looking",
        "leak under legal hold at acme")),
    # a level that it was, a switch that is taken back, two numbers
    *((f"declare checkout is down {typed}",
       f'ask declare SEV-2 "checkout is down {typed}" | declare "checkout is down {typed}"') for typed in (
        "(was sev2)", "was a sev2", "(formerly SEV-2)", "(previously sev2)", "instead of sev2", "(used to be sev2)")),
    *((f"declare sev1 checkout is down {typed}", "no FlagTakesNoValue") for typed in (
        "--drill no", "--private false", "--drill off", "--drill=true")),
    ("declare --drill no sev1 checkout is down", "no FlagTakesNoValue"),
    ("declare sev1 --private no logins possible", 'declare SEV-1 "no logins possible" private'),
    ("--private yes sev1 leak", 'declare SEV-1 "leak" private'),
    ("declare sev1 leak --private, please", 'declare SEV-1 "leak" private'),
    ("sev 1 2", "ask sev INC-1 SEV-2 | sev INC-2 SEV-1"),
    ("sev 2 to 3", "ask sev INC-2 SEV-3 | sev INC-3 SEV-2"),
    ("sev 7 2", "sev INC-7 SEV-2"),
    ("pvt sev1 leak", 'ask declare SEV-1 "leak" private | declare SEV-1 "pvt sev1 leak" | declare "pvt sev1 leak"'),
    ("declare sev1 leak (confidential), tabletop", 'ask declare SEV-1 "leak tabletop" private drill '
     '| declare SEV-1 "leak tabletop" private | declare SEV-1 "leak (confidential), tabletop" drill '
     '| declare SEV-1 "leak (confidential), tabletop"'),
    ("declare private sev1 leak", 'declare SEV-1 "leak" private'),
    ("declare leak sev1 private", 'ask declare SEV-1 "leak" private | declare SEV-1 "leak sev1 private" '
     '| declare "leak sev1 private"'),
    ("drill sev1 payments", 'ask declare SEV-1 "payments" drill | declare SEV-1 "payments"'),
    ('declare "leak --private"', 'declare "leak --private"'),
    # a level in marks
    *((f"declare {level} payments are down", 'declare SEV-1 "payments are down"')
      for level in ("`sev1`", '"sev1"', "“SEV-1”", "'sev1'", "SEV1/", "sev1 /", "sev1|")),
    ("declare payments are down `sev1`", 'declare SEV-1 "payments are down"'),
    *((f"{words}: payments are down", 'declare SEV-1 "payments are down"')
      for words in ("declare a sev1", "we have a sev1", "there's a new SEV-1", "declare p 0", "declare P 0", "P0")),
    ("declare p 0 payments are down", 'declare SEV-1 "payments are down"'),
    *((words, "declare") for words in ("declare an incident", "declare a new incident please", "declare incident")),
    ("declare sev1 an incident", "declare SEV-1"),
    ("declare an incident response tool is down", 'declare "an incident response tool is down"'),
    ("private sev1 leak", 'ask declare SEV-1 "leak" private'),
    # what may be one
    *((f"declare {level} payments", f'ask declare SEV-1 "payments" | declare "{level} payments"')
      for level in ("sev one", "SEV-1.5", "severity one", "sev-one")),
    ("declare sev1payments", 'ask declare SEV-1 "payments" | declare "sev1payments"'),
    ("declare prio 1 x", 'ask declare SEV-1 "x" | declare SEV-2 "x" | declare "prio 1 x"'),
    ('declare "SEV1 x"', 'ask declare SEV-1 "x" | declare "SEV1 x"'),
    ("declare payments sev1 now", 'ask declare SEV-1 "payments sev1 now" | declare "payments sev1 now"'),
    ("declare sev1 sev2 x", 'ask declare SEV-2 "x" | declare SEV-1 "sev2 x"'),
    ("payments sev1 now", 'ask declare SEV-1 "payments sev1 now" | declare "payments sev1 now"'),
    ("declare sev1-like --severity sev2", 'declare SEV-2 "sev1-like"'),
    ("declare p99 is up on p2p", 'declare "p99 is up on p2p"'),
    # words about a severity declare nothing
    *((words, "ask sev SEV-2") for words in (
        "was that a sev2", "would that be a sev2", "should it be sev2", "it is a sev2 now", "set to sev2 please",
        "from sev3 to sev2")),
    ("raise sev1 payments", 'ask sev SEV-1 "payments" | declare SEV-1 "payments"'),
    ("trigger sev1 payments", 'ask declare SEV-1 "payments"'),
    ("escalate to sev1", "ask sev SEV-1"),
    ("escalate INC-2 to sev1", "ask sev INC-2 SEV-1"),
    ("escalate level 2", 'escalate "level 2"'),
    ("merge INC-2 INC-1", 'merge "INC-2 INC-1"'),
    # everyday words for a verb
    *((words, "ask ack") for words in ("on it", "got it", "i have it", "I'll take it", "looking into it")),
    *((words, "ask undo | cancel") for words in ("nevermind", "never mind", "false alarm", "wait", "oops")),
    ("thanks", "unknown"),
    # a flag of another tool
    ("declare x --secret", "no UnknownFlag"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), SAID)
def test_words_that_may_mean_more_than_a_title(typed: str, expected: str) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("it is a sev2 now", "ask sev INC-1 SEV-2"),
        ("downgrade this to sev3, few customers", 'ask sev INC-1 SEV-3 "few customers"'),
        ("escalate to sev1", "ask sev INC-1 SEV-1"),
        ("should this be sev2?", "ask sev INC-1 SEV-2"),
    ],
)
def test_in_a_room_words_about_a_severity_offer_only_that(typed: str, expected: str) -> None:
    assert read(typed, room=1) == expected


@pytest.mark.parametrize("typed", [
    "private", "make it private", "make this incident private", "public", "make public", "unprivate", "title new title",
    "rename to checkout is down", "change the title to x", "kick bo", "remove bo", "delete", "delete this incident",
    "fold into INC-2", "same as INC-2", "dup INC-2", "duplicate of INC-2", "who is ic", "who's the commander?",
])  # fmt: skip
def test_in_a_room_what_no_command_does_is_neither_declared_nor_taken_for_another_verb(typed: str) -> None:
    assert read(typed, room=1) == "no NoSuchCommand"


@pytest.mark.parametrize(("typed", "expected"), [
    ("sev2 because db is ok", 'ask sev INC-1 SEV-2 "because db is ok" | resolve INC-1 "sev2 because db is ok" '
     '| update INC-1 "sev2 because db is ok"'),
    ("private keys leaked", 'ask declare "keys leaked" private | declare "private keys leaked"'),
    ("public site is down", 'ask declare "public site is down"'),
])  # fmt: skip
def test_in_a_room_what_may_be_more_is_asked(typed: str, expected: str) -> None:
    assert read(typed, room=1) == expected


def test_a_level_as_a_flag_is_answered_with_ours_and_force_with_all() -> None:
    for flag, told in (("--sev1", "`--severity sev1`"), ("-p2", "`--severity p2`"), ("--force", "The options are")):
        with pytest.raises(typed_flags.UnknownFlag) as refused:
            command_parser.incident(f"declare x {flag}", catalog())
        assert told in refused.value.sentence()


def test_a_button_says_that_it_declares_in_private() -> None:
    said = command_parser.incident("private sev1 leak", catalog())
    assert isinstance(said, Ambiguity)
    assert [label for label, _ in said.choices] == ["Declare SEV-1, private: “leak”"]


@pytest.mark.parametrize(
    ("flag", "meant"),
    [("--secret", "private"), ("--priv", "private"), ("--pvt", "private"), ("--nda", "private"),
     ("--invite-only", "private"), ("--rehearsal", "drill"), ("--simulation", "drill"), ("--tabletop", "drill"),
     ("--confidential", "private"), ("--test", "drill"), ("--exercise", "drill"),
     ("-d", "drill"), ("-s", "severity")],
)  # fmt: skip
def test_the_flag_of_another_tool_is_answered_with_ours(flag: str, meant: str) -> None:
    with pytest.raises(typed_flags.UnknownFlag) as refused:
        command_parser.incident(f"declare x {flag} sev1", catalog())
    assert f"Did you mean `--{meant}`?" in refused.value.sentence()
