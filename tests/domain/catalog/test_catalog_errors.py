"""A wrong configuration: every mistake at once, each with its place, what is wrong and what would be right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import ConfigError, ConfigProblem, effective, load, registry
from tests.selection import examples

PEOPLE = "people: {ana: {slack: U01ANA}, bo: {slack: U01BO}}\n"


def complaints(tmp_path: Path, text: str | bytes) -> list[str]:
    """`line:column: message` of every problem."""
    file = tmp_path / "tocsin.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert all(
        str(problem).startswith(f"{file}:{problem.line}:{problem.column}: ") for problem in caught.value.problems
    )
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        # keys
        ("servces: {}", '1:1: `servces` is not a known key; did you mean "services"?'),
        (
            PEOPLE + "teams:\n  core: {membrs: [ana]}",
            '3:10: teams.core: `membrs` is not a known key; did you mean "members"?',
        ),
        ("digest: x", "1:1: `digest` is not a known key;"),
        ("people: {ana: {key: x}}", "1:16: people.ana: `key` is not a known key; the name above is the key."),
        ("display:\n  currency: USD\n  currency: EUR", '3:3: "currency" is written twice (first in line 2);'),
        ("people: {'a b': {}}", '1:10: people: "a b" cannot be a name;'),
        ("people: {preset: seed-001}", "1:10: no preset says anything about `people`; remove the line."),
        ("preset: seed-4", '1:9: "seed-4" is not a preset; did you mean "seed-004"?'),
        # values
        ("version: 2", "1:10: version: 2 is not understood; write 1."),
        ("incidents_channel: #incidents", "1:19: incidents_channel: this is empty; write text (what starts with"),
        ("incidents_channel: incidents", '1:20: incidents_channel: "incidents" is not a channel; write "#name"'),
        ("display: {severity_scheme: words}", '1:28: display.severity_scheme: "words" is not one of the choices; did'),
        ("display: {time_zone: Madrid}", '1:22: display.time_zone: "Madrid" is not a time zone; write an IANA name'),
        ("display: {currency: euro}", '1:21: display.currency: "euro" is not a currency;'),
        ("display: {id_prefix: '#'}", '1:22: display.id_prefix: "#" cannot start a reference;'),
        ("people: {ana: {slack: '@ana'}}", '1:23: people.ana.slack: "@ana" is not a Slack member id;'),
        ("people: {ana: {email: ana}}", '1:23: people.ana.email: "ana" is not an e-mail address;'),
        ("people: {ana: {phone: 5550100}}", '1:23: people.ana.phone: "5550100" is not a phone number;'),
        ("people: {ana: [U01ANA]}", "1:15: people.ana: this must be a mapping;"),
        ("people: {ana: {contact: [{via: telegraph}]}}", '1:32: people.ana.contact[0].via: "telegraph" is not one of'),
        ("severities: {SEV-1: {ack: 5}}", '1:27: severities.SEV-1.ack: "5" is not a length of time;'),
        ("severities: {SEV-1: {ack: 5 minutes}}", '1:27: severities.SEV-1.ack: "5 minutes" is not a length of time;'),
        ("severities: {SEV-1: {ack: 99999999w}}", '1:27: severities.SEV-1.ack: "99999999w" is longer than a hundred'),
        ("severities: {SEV-5: {ack: 5m}}", '1:14: "SEV-5" is not a severity; did you mean'),
        (
            "severities: {SEV-2: {aliases: [sev 1]}}",
            '1:32: the alias "sev 1" already means SEV-1; keep it in one place.',
        ),
        ("vendors: {aws: !!python/object:os.system x}", "1:16: the tag tag:yaml.org,2002:python/object:os.system"),
        # references
        ("people: {ana: {manager: eva}, eve: {}}", '1:25: there is no person "eva"; did you mean "'),
        (PEOPLE + "teams: {core: {members: [ana, bob]}}", '2:31: there is no person "bob"; did you mean "bo"?'),
        ("services: {web: {team: core}}", '1:24: there is no team "core"; none is defined yet.'),
        ("services: {web: {policy: hihg}}", '1:26: there is no policy "hihg"; did you mean "high"?'),
        ("services: {web: {depends_on: [web]}}", "1:31: services.web depends on itself;"),
        ("people: {a: {slack: U01ANA}, b: {slack: U01ANA}}", "1:41: b and a have the same slack U01ANA;"),
        ("roles: {ic: {schedule: ics}}", '1:24: there is no schedule "ics"; none is defined yet.'),
        # policies
        ("policies: {x: {}}", "1:15: policies.x has no levels;"),
        ("policies: {x: {levels: [{to: []}]}}", "1:30: policies.x: a level without anyone asks no one;"),
        ("policies: {x: {levels: [{to: [cto]}]}}", '1:31: "cto" does not say what it is; write "schedule:cto".'),
        (PEOPLE + "policies: {x: {levels: [{to: [ana]}]}}", '2:31: "ana" does not say what it is; write "person:ana".'),
        (
            'policies: {x: {levels: [{to: ["#ops"]}]}}',
            '1:31: "#ops" does not say what it is; write "channel:#ops".',
        ),
        ("policies: {x: {levels: [{to: [user:ana]}]}}", '1:31: policies.x.levels[0].to[0]: "user" is not a kind of'),
        (PEOPLE + "policies: {x: {levels: [{to: [person:anna]}]}}", '2:31: there is no person "anna"; did you mean'),
        ("policies: {x: {levels: [{to: [role:ticket_ownr]}]}}", '1:31: there is no role "ticket_ownr"; did you mean'),
        (
            PEOPLE + "policies: {x: {levels: [{to: [person:ana]}, {to: [person:bo]}]}}",
            "2:15: policies.x: level 1 has no `wait`, so the next is never reached;",
        ),
        ("policies: {critical: {repeat: 99}}", "1:31: policies.critical.repeat: 99 is out of range; write at most 10."),
        (
            PEOPLE + "policies: {x: {levels: [{to: [person:ana], wait: 0m}]}}",
            "2:50: policies.x.levels[0].wait: a level needs time to answer;",
        ),
        # schedules
        ("schedules: {s: {layers: []}}", "1:25: schedules.s.layers: this list is empty;"),
        (PEOPLE + "schedules: {s: {layers: [{people: [ana]}]}}", "2:26: schedules.s.layers[0]: `start` is required"),
        (
            PEOPLE + "schedules: {s: {layers: [{start: tomorrow, people: [ana]}]}}",
            '2:34: schedules.s.layers[0].start: "tomorrow" is not a date and time;',
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana, [bo, cy]]}]}}",
            '2:65: there is no person "cy"; known are ana, bo.',
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana], from: 8pm, to: 8:00}]}}",
            '2:67: schedules.s.layers[0].from: "8pm" is not a time of day;',
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana], from: 20:00}]}}",
            "2:26: schedules.s.layers[0]: `from` and `to` belong together;",
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana], days: [MO, XX]}]}}",
            '2:72: schedules.s.layers[0].days[1]: "XX" is not one of the choices;',
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana], month_days: [32]}]}}",
            "2:73: schedules.s.layers[0].month_days: 32 is not a day of a month;",
        ),
        (
            PEOPLE + "schedules: {s: {layers: [{start: 2026-11-02, people: [ana], every: 0}]}}",
            "2:68: schedules.s.layers[0].every: 0 is out of range; write at least 1.",
        ),
        # the document itself
        ("people: {ana: {", "is not valid YAML"),
        ("- a\n- b", "1:1: the file must be a mapping of sections"),
        (b"people: {ana: {name: \xff}}", "1:1: the file is not UTF-8 text;"),
        ("a: 1\n---\nb: 2", "is not valid YAML"),
        ("[" * 40, "1:33: the nesting is deeper than 32 levels;"),
        ("x: &x [1]\ny: [" + "*x, " * 101 + "]", "there are more than 100 aliases"),
        ("{}\n" + "#" * (1 << 20), "1:1: the file is larger than 1 MiB;"),
    ],
)
def test_a_mistake_is_placed_and_explained(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    (found,) = complaints(tmp_path, text)
    assert complaint in found


def test_every_mistake_is_reported_at_once_in_reading_order(tmp_path: Path) -> None:
    text = """\
display: {currency: euro}
people:
  ana: {slack: U01ANA, manager: zoe}
servces: {}
policies:
  mine: {levels: [{to: [primary-oncall], via: [fax]}]}
"""
    assert [complaint.partition(": ")[0] for complaint in complaints(tmp_path, text)] == [
        "1:21",
        "3:33",
        "4:1",
        "6:25",
        "6:48",
    ]


def test_nested_aliases_cannot_explode(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11)]
    assert "aliases expand to far too much" in complaints(tmp_path, "\n".join(lines))[-1]


def test_an_alias_of_itself_is_refused(tmp_path: Path) -> None:
    assert "aliases expand to far too much" in complaints(tmp_path, "vendors: &v {aws: *v}")[-1]


def test_anchors_and_merge_keys_work(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text("dr_objectives: {aws: &base {response: 15m, tier: gold}, gcp: {<<: *base, response: 1h}}")
    assert load(file).section(registry.section("dr_objectives"))["gcp"] == {"response": "1h", "tier": "gold"}


def test_a_file_that_cannot_be_read_is_a_problem_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_the_effective_listing_refuses_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text("preset: nonsense")
    with pytest.raises(ConfigError, match="is not a preset"):
        effective(file)


def problems_of(file: Path) -> list[ConfigProblem]:
    try:
        load(file)
    except ConfigError as error:
        return error.problems
    return []


SNIPPETS = st.sampled_from(
    [
        *("version", "people", "ana", "policies", "critical", "levels", "to", "schedules", "layers", "severities"),
        *("SEV-1", "preset", "seed-002", "start", "days", "display", "null", "true", "1", "9.5", "5m", "MO", "<<"),
        *("person:ana", "schedule:", ":", "roles", "routes", "slo", "aliases", "wait", "contact", "via", "key", "*a"),
    ]
)
TREES = st.recursive(
    SNIPPETS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(SNIPPETS, inner, max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=25,
)


@examples(150, 400)
@given(st.dictionaries(SNIPPETS, TREES, max_size=5) | st.binary(max_size=60))
def test_whatever_is_written_is_accepted_or_explained(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, str] | bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yml"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text("\n".join(f"{key}: {value}" for key, value in content.items()))
    for problem in problems_of(file):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.endswith((".", "?"))
