"""The section `integrations`: what each mistake is called, and where it stands. No sentence repeats a secret."""

from pathlib import Path

import pytest

from bot.catalog import load
from tests.domain.catalog.test_catalog_errors import complaints

SMS = "integrations: {sms: {url: '%s'}}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("integrations: {emial: {}}", '1:16: integrations: `emial` is not a known key; did you mean "email"?'),
        ("integrations: {email: {host: x}}", "1:24: integrations.email: `host` is not a known key;"),
        ("integrations: {email: {port: '25'}}", "1:30: integrations.email.port: this must be a whole number."),
        ("integrations: {email: {port: 70000}}", "1:30: integrations.email.port: 70000 is out of range; write at most"),
        ("integrations: {email: {security: ssl}}", '1:34: integrations.email.security: "ssl" is not one of the'),
        (
            "integrations: {email: {server: 'https://mail'}}",
            "1:32: integrations.email.server: this is not the name of a mail server;",
        ),
        ("integrations: {email: {server: mail}}", "1:23: integrations.email: a mail server needs `from`,"),
        (
            "integrations: {email: {server: mail, from: a@b, username: x, security: none}}",
            "1:23: integrations.email: `security: none` would send the password in the open;",
        ),
        (
            'integrations: {email: {sender_name: "a\\nb"}}',
            "1:37: integrations.email.sender_name: this must be one line",
        ),
        (SMS % "twilio", "1:27: integrations.sms.url: this is not the address of a service;"),
        (SMS % "twilio://a:secret-word@b", "1:27: integrations.sms.url: a secret stands here in the open;"),
        (SMS % "twilio://${A}:${B}@c/{phone}", "1:27: integrations.sms.url: {phone} means nothing here; write {addr"),
        ("integrations: {pagerduty: {mirror: true}}", "1:27: integrations.pagerduty: `mirror` needs `service` (P...)"),
        (
            "integrations: {pagerduty: {events_url: 'http://events'}}",
            "1:40: integrations.pagerduty.events_url: an address outside of this machine must begin with https://.",
        ),
        ("integrations: {opsgenie: {api_url: ftp://x}}", "1:36: integrations.opsgenie.api_url: this is not a web"),
        (
            "integrations: {webhook: {url: 'https://u:secret-word@x/'}}",
            "1:31: integrations.webhook.url: this address holds a user or a password;",
        ),
        ("integrations: {per_minute: 0}", "1:28: integrations.per_minute: 0 is out of range; write at least 1."),
    ],
)
def test_each_mistake_is_named_with_its_place(text: str, complaint: str, tmp_path: Path) -> None:
    found = complaints(tmp_path, text)
    assert [one[: len(complaint)] for one in found] == [complaint]
    assert "secret-word" not in str(found)


def test_everything_that_the_documentation_shows_together(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(
        """
integrations:
  email: {server: smtp.example.com, port: 465, security: tls, username: tocsin, from: tocsin@example.com}
  sms: {url: "twilio://${SID}:${TOKEN}@+15550199/{address}"}
  pagerduty: {mirror: true, service: PABC123, from: oncall@example.com, api_url: "https://api.eu.pagerduty.com/"}
  webhook: {url: "http://127.0.0.1:9000/hook", allow_private: true}
"""
    )
    found = load(file).integrations
    assert (found.email.sender, found.email.port) == ("tocsin@example.com", 465)
    assert found.pagerduty.api_url == "https://api.eu.pagerduty.com"
    assert found.slack.enabled
    assert found.per_minute == 6
