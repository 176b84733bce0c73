"""What the environment may say, and the sentence for what it may not. Secrets stay out of every text."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, problems

SECRET = "xoxb-secret-word"


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name in [field.alias for field in Settings.model_fields.values() if field.alias]:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings.from_environment()


def test_without_any_variable_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert (settings.database_url, settings.http_port, settings.migrate) == ("sqlite:///tocsin.db", 8080, True)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.socket_mode


def test_variables_are_read_as_what_they_stand_for(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(
        monkeypatch, TOCSIN_HTTP_PORT="0", TOCSIN_MIGRATE="0", TOCSIN_CONFIG="etc/tocsin.yml", SLACK_APP_TOKEN="xapp-1"
    )
    assert (settings.http_port, settings.migrate, settings.config) == (0, False, Path("etc/tocsin.yml"))
    assert settings.socket_mode


def test_a_variable_that_has_the_name_of_a_field_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, log="nonsense", config="elsewhere.yml").config == Path("tocsin.yml")


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n")
    settings = read(monkeypatch, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert settings.bot_token.get_secret_value() == SECRET


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"TOCSIN_HTTP_PORT": "many"}, "TOCSIN_HTTP_PORT: Input should be a valid integer"),
        ({"TOCSIN_HTTP_PORT": "70000"}, "TOCSIN_HTTP_PORT: Input should be less than or equal to 65535"),
        ({"TOCSIN_LOG": "loud"}, "TOCSIN_LOG: Input should be 'text' or 'json'"),
        ({"TOCSIN_MIGRATE": "perhaps"}, "TOCSIN_MIGRATE: Input should be a valid boolean"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL is neither SQLite nor PostgreSQL"),
        ({"SLACK_API_URL": "https://example.com/api/"}, "SLACK_API_URL must be Slack's own address"),
        ({"TOCSIN_CLOCK": "http://example.com"}, "TOCSIN_CLOCK must be an address on this machine"),
        ({"SLACK_BOT_TOKEN_FILE": "/nowhere/token"}, "cannot read the secret in /nowhere/token"),
    ],
)
def test_what_is_wrong_is_said_by_the_name_of_the_variable(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        read(monkeypatch, **environment, SLACK_SIGNING_SECRET=SECRET)
    assert any(one.startswith(sentence) for one in problems(refused.value)), problems(refused.value)
    assert SECRET not in str(refused.value)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SECRET not in repr(read(monkeypatch, SLACK_BOT_TOKEN=SECRET))


@pytest.mark.parametrize(
    "alias", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "TOCSIN_PAGERDUTY_TOKEN", "TOCSIN_OPSGENIE_KEY"]
)
@pytest.mark.parametrize("value", ["xoxb-schlüssel", "xoxb-two words", "xoxb-line\nbreak", "xoxb-\u200bpasted"])
def test_a_token_that_no_header_can_carry_is_refused_without_being_repeated(alias: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({alias: value})
    said = "; ".join(problems(refused.value))
    assert f"{alias} holds a letter or a space that no token has" in said
    assert value not in said
    assert repr(value)[1:-1] not in said


def test_a_secret_in_a_file_of_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes("xoxb-schlüssel".encode("latin-1"))
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token")})
    said = "; ".join(problems(refused.value))
    assert "it is not UTF-8" in said
    assert "schl" not in said
