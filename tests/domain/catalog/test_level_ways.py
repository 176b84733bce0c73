"""Levels that allow some ways only: whom they leave without any is an error with its place and its cure."""

from pathlib import Path

import pytest

from bot.catalog import ConfigError
from tests.domain.catalogs import loaded

BASE = """people:
  ana: {name: Ana, slack: U01ANA, email: ana@acme.example, phone: "+15550100",
        contact: [{via: slack}, {via: phone, after: 2m}]}
  bo: {name: Bo, slack: U01BO, contact: [{via: slack}, {via: email}]}
  cy: {name: Cy, email: cy@acme.example, contact: [{via: email}]}
teams: {crew: {members: [ana, bo]}}
schedules:
  rota: {timezone: UTC, layers: [{name: a, rotation: weekly, start: 2026-01-05T09:00, people: [ana, [bo, cy]]}]}
roles: {scribe: {schedule: rota}}
integrations:
  email: {server: mail.acme.example, from: tocsin@acme.example}
  phone: {url: "json://127.0.0.1/{address}"}
"""


def policy(level: str) -> str:
    return f"{BASE}policies:\n  mine:\n    levels:\n      - {level}\n"


@pytest.mark.parametrize(
    ("level", "left"),
    [
        ('{to: ["person:ana"], only: [email]}', "ana"),
        ('{to: ["person:bo"], only: [email]}', "bo"),
        ('{to: ["team:crew"], only: [phone]}', "bo"),
        ('{to: ["schedule:rota"], only: [slack]}', "cy"),
        ('{to: ["schedule:rota"], only: [sms]}', "ana, bo, cy"),
        ('{to: ["role:scribe"], only: [phone]}', "bo, cy"),
        ('{to: ["channel:#incidents"], only: [email]}', "channel:#incidents"),
        ('{to: ["person:ana"], only: [phone], priority: low}', "ana"),
        ('{to: ["person:ana"], only: [push]}', "ana"),
    ],
)
def test_whom_a_level_leaves_without_any_way_is_an_error(tmp_path: Path, level: str, left: str) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, policy(level))
    (problem,) = refused.value.problems
    assert f"which leaves no way to reach {left};" in problem.message
    assert problem.line == BASE.count("\n") + 4
    assert "`via`" in problem.message or "name a way in `only`" in problem.message


@pytest.mark.parametrize(
    "level",
    [
        '{to: ["person:ana"], only: [email], via: [email]}',
        '{to: ["person:ana", "person:bo"], only: [slack]}',
        '{to: ["schedule:rota"], only: [slack, email]}',
        '{to: ["person:ana"], only: [phone], via: [phone], priority: low}',
        '{to: ["role:declarer", "usergroup:@ops"], only: [email]}',
        '{to: ["channel:#incidents"], only: [slack]}',
    ],
)
def test_whoever_has_one_of_the_ways_is_reached(tmp_path: Path, level: str) -> None:
    assert loaded(tmp_path, policy(level)).policies["mine"].levels[0].only


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ('{to: ["person:ana"], only: []}', "reaches no one"),
        ('{to: ["person:ana"], only: [slack], via: [phone]}', "`via` adds phone, which `only` leaves out"),
        ('{to: ["person:ana"], only: [fax]}', "fax"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, level: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        loaded(tmp_path, policy(level))
