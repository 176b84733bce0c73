"""Sends pages as e-mail by SMTP: the same message at every attempt, whose reply decides whether it is repeated."""

import base64
import hashlib
import hmac
import html
import re
import smtplib
import ssl
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime, formataddr

from bot.catalog.sections.integrations import Mail
from bot.integrations.outbound import Reach
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import Clocks, NotConfigured, ProviderProblem, Secrets

DEADLINE = 10.0
"""Seconds for each answer of the server."""
DOTTED = re.compile(rb"(?m)^\.")
Reply = tuple[int, bytes]
FORWARDED = (250, 251, 252)
"""What a server says to a mailbox that it takes mail for, its own or one that it forwards to."""
OTHERWISE = (500, 501, 502, 504, 534, 538)
"""What a server says of a way to log in that it does not want; to a wrong password it says something else."""
Answers = list[Callable[[bytes], bytes]]


def _cram_md5(username: bytes, password: bytes) -> Answers:
    def answer(challenge: bytes) -> bytes:
        return username + b" " + hmac.new(password, base64.b64decode(challenge), "md5").hexdigest().encode()

    return [_nothing, answer]


def _plain_login(username: bytes, password: bytes) -> Answers:
    return [lambda _: b"\0" + username + b"\0" + password]


def _login(username: bytes, password: bytes) -> Answers:
    return [_nothing, lambda _: username, lambda _: password]


def _nothing(_: bytes) -> bytes:
    return b""


MECHANISMS = {"CRAM-MD5": _cram_md5, "PLAIN": _plain_login, "LOGIN": _login}
"""Ways to log in, the best first: what is told at once, then what is answered to each of the server's questions."""


class Email:
    """One connection per message: pages are rare, and an old connection is one more thing that can be dead."""

    def __init__(self, section: Mail, secrets: Secrets, clocks: Clocks) -> None:
        if not section.server or not section.sender:
            said = "set integrations.email.server and integrations.email.from in tocsin.yml"
            raise NotConfigured(f"e-mail is not configured: {said}")
        if section.username and not secrets.smtp_password:
            raise NotConfigured("e-mail is not configured: set TOCSIN_SMTP_PASSWORD for integrations.email.username")
        self._server, self._sender, self._section = section.server, section.sender, section
        self._password, self._clocks = secrets.smtp_password, clocks

    @property
    def provable(self) -> bool:
        return bool(self._section.username)

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        """A resend carries the same Message-ID, so that mailboxes can tell it for the same mail."""
        address = self._mailbox(item.address)
        mail = self._compose(item, address)
        with closing(self._connect()) as smtp:
            self._say("MAIL", lambda: smtp.mail(self._sender))
            self._say("RCPT", lambda: smtp.rcpt(address), good=FORWARDED)
            self._say("DATA", lambda: smtp.docmd("DATA"), good=(354,))
            reply = self._hand_over(smtp, mail)
            with suppress(OSError, smtplib.SMTPException):  # it has the mail: how it says goodbye is no matter
                smtp.quit()
        return Sent({"message_id": mail["Message-ID"], "reply": reply}, item.text)

    def probe(self) -> str:
        """Connects, secures the line and logs in."""
        with closing(self._connect()) as smtp:
            self._say("NOOP", smtp.noop)
        who = f" as {self._section.username}" if self._section.username else ""
        return f"{self._server}:{self._section.port} lets us in{who}"

    def close(self) -> None:
        """Nothing stays open."""

    def _connect(self) -> smtplib.SMTP:
        """A line that is secure and logged in as far as the configuration wants. Nothing was sent if this fails."""
        section, name = self._section, self._sender.rpartition("@")[2]
        try:
            if section.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    self._server, section.port, name, timeout=DEADLINE, context=ssl.create_default_context()
                )
            else:
                smtp = smtplib.SMTP(self._server, section.port, name, timeout=DEADLINE)
        except smtplib.SMTPConnectError as error:
            raise self._refused("greeting", (error.smtp_code, _raw(error.smtp_error))) from None
        except (OSError, smtplib.SMTPException) as error:
            raise self._lost("the connection", error) from None
        try:
            self._secure(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _secure(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.ehlo_or_helo_if_needed()
            if self._section.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if self._section.username:
                self._log_in(smtp, self._section.username)
        except smtplib.SMTPNotSupportedError as error:
            words = f"the server cannot do what is configured ({error}); see integrations.email.security"
            raise self._problem(Reason.PERMANENT, words) from None
        except smtplib.SMTPResponseException as error:
            raise self._refused("greeting", (error.smtp_code, _raw(error.smtp_error))) from None
        except (OSError, ValueError, smtplib.SMTPException) as error:  # a question that is not base64, too
            raise self._lost("the login", error) from None

    def _log_in(self, smtp: smtplib.SMTP, username: str) -> None:
        """By our mechanisms that the server offers, in UTF-8: the library's own login takes ASCII only."""
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if not MECHANISMS.keys() & set(offered):
            said = f"only offers {', '.join(sorted(set(offered)))[:80]}" if offered else "offers no way"
            words = (
                f"the server {said} to log in, and Tocsin knows {', '.join(MECHANISMS)}: use an app password or a relay"
            )
            raise self._problem(Reason.PERMANENT, words)
        reply: Reply = (535, b"")
        for known in (one for one in MECHANISMS if one in offered):
            reply = self._by(known, smtp, username)
            if reply[0] in (235, 503):
                return
            if reply[0] not in OTHERWISE:
                break
        if reply[0] < 500:
            raise self._refused("login", (reply[0], b"try again"))
        raise self._problem(Reason.AUTH, f"{reply[0]}: the login is refused")

    def _by(self, mechanism: str, smtp: smtplib.SMTP, username: str) -> Reply:
        """The server's last word to one way to log in. What is told at once saves a question."""
        first, *answers = MECHANISMS[mechanism](username.encode(), self._password.encode("utf-8", "surrogateescape"))
        told = first(b"")
        reply = smtp.docmd("AUTH", f"{mechanism} {_base64(told)}" if told else mechanism)
        for answer in answers:
            if reply[0] == 334:
                reply = smtp.docmd(_base64(answer(reply[1])))
        return reply

    def _say(self, word: str, speak: Callable[[], Reply], good: Collection[int] = (250,)) -> None:
        """One exchange before the mail itself: whatever goes wrong here, the mail was not taken."""
        try:
            reply = speak()
        except (OSError, smtplib.SMTPException) as error:
            raise self._lost(word, error) from None
        if reply[0] not in good:
            raise self._refused(word, reply)

    def _hand_over(self, smtp: smtplib.SMTP, mail: EmailMessage) -> str:
        """The mail and the answer to it; an answer that does not come leaves open whether the server took it."""
        content = DOTTED.sub(b"..", mail.as_bytes(policy=LINES))
        try:
            smtp.send(content + b"\r\n.\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise self._problem(Reason.AMBIGUOUS, f"no answer to the mail ({type(error).__name__})") from None
        if code != 250:
            raise self._refused("the mail", (code, words))
        return _shown(words)

    def _refused(self, what: str, reply: Reply) -> ProviderProblem:
        """4xx: not now; 5xx: never. What a server says at its greeting or login may repeat what it was told."""
        code, words = reply
        said = f"{code} to {what}: {_shown(words)}".replace(self._password or "\0", "[secret]")
        if code == 530:
            return self._problem(Reason.AUTH, said)
        if what == "RCPT" and 400 <= code < 500 and code != 421:  # of this mailbox: the server serves the others
            return ProviderProblem("e-mail", Reason.RECIPIENT, said)
        return self._problem(Reason.PERMANENT if 500 <= code < 600 else Reason.NOT_APPLIED, said)

    def _lost(self, what: str, error: Exception) -> ProviderProblem:
        kind = "the certificate" if isinstance(error, ssl.SSLError) else what
        return self._problem(Reason.NOT_APPLIED, f"{kind} failed ({type(error).__name__})")

    @staticmethod
    def _problem(reason: Reason, error: str) -> ProviderProblem:
        return ProviderProblem("e-mail", reason, error)

    def _mailbox(self, address: str) -> str:
        """The address, if it is one and nothing more. Raises ProviderProblem."""
        if not re.fullmatch(r"[!-~]+@[!-~]+", address) or any(one in address for one in '<>,;:\\"'):
            raise self._problem(Reason.PERMANENT, "this person's address is no plain e-mail address")
        return address

    def _compose(self, item: Reach, address: str) -> EmailMessage:
        """Headers from one line each, words that are not ours escaped; the date alone differs between attempts."""
        mail = EmailMessage(policy=LINES)
        domain = self._sender.rpartition("@")[2]
        mail["From"] = formataddr((self._section.sender_name, self._sender))
        mail["To"] = address
        mail["Subject"] = _one_line(item.title)
        mail["Message-ID"] = f"<{hashlib.sha256(item.key.encode()).hexdigest()[:32]}@{domain}>"
        mail["Date"] = format_datetime(self._clocks.real())
        mail["Auto-Submitted"] = "auto-generated"
        if item.rank == "urgent":
            mail["X-Priority"] = "1"
            mail["Importance"] = "high"
        mail.set_content(_plain(item))
        mail.add_alternative(_html(item), subtype="html")
        return mail


def _plain(item: Reach) -> str:
    text = _readable(item.text)
    return text if not item.ack_url or item.ack_url in text else f"{text}\n\nAcknowledge: {item.ack_url}"


def _html(item: Reach) -> str:
    body = html.escape(_readable(item.text)).replace("\n", "<br>\n")
    button = ""
    if item.ack_url.startswith(("https://", "http://")):
        style = "background:#b3261e;color:#fff;padding:14px 22px;border-radius:6px;text-decoration:none;font-weight:600"
        button = f'<p><a href="{html.escape(item.ack_url)}" style="{style}">Acknowledge</a></p>'
    words = f'<div style="font:16px/1.5 system-ui,sans-serif;max-width:36em">{button}<p>{body}</p></div>'
    return f"<!doctype html><html><head><title>{html.escape(_one_line(item.title))}</title></head>{words}</html>"


def _one_line(text: str) -> str:
    """For a header: no line breaks, nothing that is not seen.

    No encoded words either: the library would decode them, and a line break inside would begin a header of its own.
    """
    seen = "".join(one if one.isprintable() else " " for one in text.replace("=?", "= ?"))
    return " ".join(seen.split())[:120] or "Page"


def _readable(text: str) -> str:
    """For a body: no half characters and no control characters, which a mail cannot carry."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)


def _base64(words: bytes) -> str:
    return base64.b64encode(words).decode("ascii")


def _raw(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _shown(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:200]
