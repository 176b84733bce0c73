"""A mail server that takes everything on loopback and keeps it: enough of SMTP for one message after another."""

import email
import socketserver
import sys
import threading
from email import policy
from typing import Any

from sandbox.outside.arrival import Arrival, Book

NEEDED = ("From", "To", "Subject", "Message-ID", "Date")
MOST_LINE = 998
"""Characters of a line, by RFC 5322."""


def arrived(sender: str, receivers: list[str], content: bytes) -> Arrival:
    """A mail as an arrival, with what is wrong with it."""
    mail = email.message_from_bytes(content, policy=policy.default)
    faults = [f"{name}: {len(mail.get_all(name, []))} of them" for name in NEEDED if len(mail.get_all(name, [])) != 1]
    faults += [f"a line of {len(line)} characters" for line in content.split(b"\r\n") if len(line) > MOST_LINE]
    faults += ["a bare line break"] if b"\n" in content.replace(b"\r\n", b"") else []
    faults += [f"{name}: {defect}" for name, value in mail.items() for defect in value.defects]
    if [str(one) for one in mail.get_all("To", [])] != receivers:
        faults.append(f"To: {mail.get('To')} but sent to {receivers}")
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    body = {
        "from": sender,
        "text": plain.get_content() if plain else "",
        "html": page.get_content() if page else "",
    }
    faults += [] if plain else ["no plain text"]
    headers = {name.lower(): str(value) for name, value in mail.items()}
    return Arrival("email", "send", ", ".join(receivers), str(mail.get("Subject", "")), body, headers, tuple(faults))


class Mailbox:
    """`start()` listens on a free loopback port."""

    def __init__(self, book: Book) -> None:
        visit = type("Visit", (_Visit,), {"book": book})
        self._server = _Server(("127.0.0.1", 0), visit)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="mailbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class Unmoved:
    """A server to whom it is no news that a client went away in the middle of a sentence."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[misc]


class _Server(Unmoved, socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Visit(socketserver.StreamRequestHandler):
    """One connection; `book` is where its mails go."""

    timeout = 30
    book: Book

    def handle(self) -> None:
        self._say("220 sandbox ready")
        sender, receivers = "", list[str]()
        while line := self.rfile.readline(1024):
            word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            match word.upper():
                case "EHLO" | "HELO":
                    self._say("250 sandbox")
                case "MAIL":
                    sender, receivers = _inside(rest), []
                    self._say("250 OK")
                case "RCPT":
                    receivers.append(_inside(rest))
                    self._say("250 OK")
                case "DATA":
                    self._say("354 end with a dot")
                    self.book.add(arrived(sender, receivers, self._content()))
                    self._say("250 OK kept")
                case "QUIT":
                    self._say("221 bye")
                    return
                case "NOOP" | "RSET":
                    self._say("250 OK")
                case _:
                    self._say("502 not here")

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def _inside(rest: str) -> str:
    """The address between the angle brackets."""
    return rest.partition("<")[2].partition(">")[0]
