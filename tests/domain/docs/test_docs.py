"""What the documentation promises exists: its configurations load, its commands parse, its verbs and links are real."""

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalog import load
from bot.cli import arguments
from bot.cli.doctor.scopes import WITHOUT
from bot.domain.verbs import INCIDENT
from bot.settings import Settings
from handlers import verb_body, verbs
from handlers.changes import CHANGES

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DEPLOYED = [path for path in sorted((ROOT / "docs" / "deploy").iterdir()) if path.is_file()]
FENCE = re.compile(r"^ *```(\w*)(?: +(\w+))?\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
TOCSIN = re.compile(r"(?:^|[\s/])tocsin ((?:[a-z][a-z-]*|\.\.\.)(?: .*)?)$")
SLASH = re.compile(r"^(?:[^/\n]*: )?/(incident|oncall)(?: ([a-z?-]+))?")
VARIABLE = re.compile(r"\b((?:SLACK|TOCSIN)_[A-Z_]+|DATABASE_URL)\b")


def told(pages: list[Path] = PAGES) -> Iterator[tuple[str, str]]:
    """(page, piece of code) for every line of a fence and every code in running text."""
    for page in pages:
        name, text = str(page.relative_to(ROOT)), page.read_text("utf-8")
        for fence in FENCE.finditer(text):
            yield from ((name, line.strip()) for line in fence[3].splitlines())
        yield from ((name, code[1]) for code in CODE.finditer(FENCE.sub("", text)))


def samples(kind: str) -> list[Any]:
    found = []
    for page in PAGES:
        for number, fence in enumerate(FENCE.finditer(page.read_text("utf-8"))):
            if (fence[1], fence[2]) == ("yaml", kind):
                found.append(pytest.param(fence[3], id=f"{page.name}-{number}"))
    return found


@pytest.mark.parametrize("text", samples("full"))
def test_whole_configurations_load(text: str, tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(text)
    assert load(file).people, "a sample without anybody to page teaches nothing"


@pytest.mark.parametrize("text", samples("part"))
def test_parts_load_beside_the_company_of_the_demo(text: str, tmp_path: Path) -> None:
    """Sections of a part are laid over those of the demo's configuration, name by name."""
    company = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
    for section, body in yaml.safe_load(text).items():
        company[section] = {**company.get(section, {}), **body}
    file = tmp_path / "tocsin.yml"
    file.write_text(yaml.safe_dump(company))
    load(file)


def test_every_yaml_sample_is_tried() -> None:
    untold = [fence[3] for page in PAGES for fence in FENCE.finditer(page.read_text("utf-8"))
              if fence[1] == "yaml" and fence[2] not in ("full", "part")]  # fmt: skip
    assert not untold
    assert len(samples("full")) >= 2
    assert len(samples("part")) >= 4


def commands() -> list[Any]:
    """Every `tocsin ...` that a page writes down."""
    found = {}
    for page, code in told():
        said = TOCSIN.search(code.split(" (")[0].split("  #")[0])
        if said:
            found.setdefault(said[1].strip(), page)
    return [pytest.param(words, id=f"{page}: {words}") for words, page in found.items()]


@pytest.mark.parametrize("words", commands())
def test_commands_of_the_pages_are_understood(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    parts = shlex.split(words)
    parser: ArgumentParser | None = arguments.parser(arguments.COMMANDS)
    if "..." in parts or not _complete(parser, parts):
        _walk(parser, [part for part in parts if part != "..."])
        return
    try:
        arguments.parser(arguments.COMMANDS).parse_args(parts)
    except SystemExit:
        pytest.fail(f"tocsin {words}: {capsys.readouterr().err}")


def _choices(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    lists = (one for one in parser._actions if isinstance(one, _SubParsersAction))
    return next((dict(one.choices) for one in lists), {})


def _complete(parser: ArgumentParser | None, parts: list[str]) -> bool:
    """Does this say more than the name of a command or verb, which a text may mention alone?"""
    for part in parts:
        if parser is None or part not in (choices := _choices(parser)):
            return True
        parser = choices[part]
    return False


def _walk(parser: ArgumentParser | None, parts: list[str]) -> None:
    for part in parts:
        assert parser is not None
        choices = _choices(parser)
        assert part in choices, f'"{part}" is none of {", ".join(choices)}'
        parser = choices[part]


def test_enough_commands_are_found() -> None:
    """The search for commands still finds them: pages of a hundred commands would pass an empty list."""
    assert len(commands()) > 30


def test_verbs_of_the_pages_exist() -> None:
    found = 0
    for page, code in told():
        said = SLASH.match(code)
        if not said or not said[2] or code.startswith("/incident sev1"):
            continue
        found += 1
        command = f"/{said[1]}"
        assert verbs.find(command, said[2]), f"{page}: {code}"
    assert found > 20


def test_every_order_of_the_api_is_described_with_its_fields() -> None:
    """The table of the page, row by row: a verb, and every field of its body."""
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `POST /incidents/INC-42/([a-z-]+)` \| (.*?) \|", text, re.MULTILINE))
    fields = {name: set(re.findall(r"`([a-z_]+)`", told)) for name, told in rows.items()}
    declared = {verb.name: verb for verb in INCIDENT}
    assert fields == {name: set(verb_body.model(declared[name]).model_fields) for name in CHANGES}


def test_links_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        for link in LINK.findall(CODE.sub("", FENCE.sub("", page.read_text("utf-8")))):
            target, _, anchor = link.partition("#")
            place = (page.parent / target).resolve() if target else page
            if "://" in link:
                continue
            if not place.exists() or (anchor and anchor not in _anchors(place)):
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert not broken


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_files_that_are_named_exist() -> None:
    """`bot/work.py` in a text is a file; `bot/domain/*/facts.py` is at least one."""
    missing = []
    for page, code in told():
        named = re.fullmatch(r"(?:bot|handlers|storage|sandbox|templates|tests)/[\w./*-]+", code)
        if named and not any(ROOT.glob(code.rstrip("/"))):
            missing.append(f"{page}: {code}")
    assert not missing


def test_every_scope_is_explained() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    explained = [scope for row in rows for scope in re.findall(r"`([a-z_]+:[a-z.]+|commands)`", row.split(" | ")[0])]
    scopes = manifest["oauth_config"]["scopes"]
    assert sorted(explained) == sorted(scopes["bot"])
    marked = [scope for row in rows if "(optional) |" in row for scope in re.findall(r"`([a-z_]+:[a-z.]+)`", row)]
    assert sorted(marked) == sorted(scopes["bot_optional"])
    assert sorted(WITHOUT) == sorted(scopes["bot_optional"]), "what the doctor says of each"


def test_environment_variables_exist_and_are_described() -> None:
    known = {str(field.alias) for field in Settings.model_fields.values()}
    mentioned = {name for _, code in told() for name in VARIABLE.findall(code)}
    mentioned |= {name for file in DEPLOYED for name in VARIABLE.findall(file.read_text("utf-8"))}
    assert mentioned - known == set()
    described = set(VARIABLE.findall((ROOT / "docs/configuration.md").read_text("utf-8")))
    assert known - described == {"TOCSIN_CRASH_AT"}, "for the torture tests only"
