"""SMS, phone and push by any service that apprise knows, named by an address like twilio://... in tocsin.yml."""

import logging
import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote

from bot.catalog.sections.integrations import VARIABLE, Apprise
from bot.integrations.outbound import Reach
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import NAMES, NotConfigured, ProviderProblem, Secrets

DEADLINE = 25.0
"""Seconds for one message: apprise waits 4 s for a connection, and for an answer as long as the next line says."""
ANSWER = 18.0
"""Seconds; apprise's own 4 are fewer than some gateways take, and a message given up too early is sent twice."""
THREADS = 4
REFUSED = re.compile(r"\berror=(401|403|20003|20005|20008|20101|20403)\b")
"""How every service of apprise logs an answer that it did not like: the status, or Twilio's own number for it."""

_loading = threading.Lock()
_log = logging.getLogger(__name__)


class AppriseWay:
    """Apprise says only yes or no; of a no its log tells when credentials were refused. Any other leaves open what
    happened, and the switchboard bounds how often it is tried."""

    provable = False

    def __init__(self, via: str, section: Apprise, secrets: Secrets, deadline: float = DEADLINE) -> None:
        self._via, self._name, self._deadline = via, NAMES[via], deadline
        if not section.url:
            raise NotConfigured(f"{self._name} is not configured: set integrations.{via}.url in tocsin.yml")
        self._url = VARIABLE.sub(lambda found: quote(self._secret(found[1], secrets), safe=""), section.url)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix=via)

    def _secret(self, name: str, secrets: Secrets) -> str:
        try:
            value = secrets.named(name)
        except ValueError as error:
            raise NotConfigured(f"{self._name} is not configured: {error}") from None
        if not value:
            setting = f"integrations.{self._via}.url"
            raise NotConfigured(f"{self._name} is not configured: {setting} needs {name} in the environment")
        secrets.hide(value)
        return value

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        """Raises ProviderProblem; a message that was not confirmed in time may still arrive."""
        service = self._service(item.address, item.person)
        try:
            done: Future[tuple[bool, str]] = self._pool.submit(_notify, service, item)
        except RuntimeError:  # the way was closed because its section changed meanwhile
            raise self._problem(Reason.NOT_APPLIED, "it was being set up again") from None
        try:
            sent, said = done.result(self._deadline)
        except OutOfTime:
            raise self._problem(Reason.AMBIGUOUS, f"no answer within {self._deadline:.0f} s") from None
        except Exception as error:
            _log.warning("%s broke with %s", self._name, type(error).__name__)
            raise self._problem(Reason.AMBIGUOUS, f"apprise broke ({type(error).__name__})") from None
        if not sent and (refusal := REFUSED.search(said)):
            raise self._problem(
                Reason.AUTH, f"HTTP {_status(refusal[1])}: the address in the configuration is not accepted"
            )
        if not sent:
            raise self._problem(Reason.AMBIGUOUS, "the service did not confirm it; the log says what apprise was told")
        return Sent({}, item.text)

    def probe(self) -> str:
        """Whether apprise understands the address; there is no call that would reach nobody."""
        service = self._service("+15550100", "doctor")
        return f"apprise knows the service ({type(service.services[0]).__name__}); only a test page shows more"

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _service(self, address: str, person: str) -> Any:
        """An apprise object for one person. Raises ProviderProblem when the address means nothing to apprise."""
        if "{address}" in self._url and not address:
            raise self._problem(Reason.PERMANENT, "this person has no address for it")
        url = self._url.replace("{address}", quote(address, safe="")).replace("{person}", quote(person, safe=""))
        library = _apprise()
        service = library.Apprise(asset=library.AppriseAsset(async_mode=False))  # this thread is one of ours already
        if not service.add(url):
            setting = f"integrations.{self._via}.url"
            raise self._problem(Reason.PERMANENT, f"apprise does not understand the address; correct {setting}")
        for one in service:
            if one.socket_read_timeout == library.URLBase.socket_read_timeout:  # the address says nothing else
                one.socket_read_timeout = min(ANSWER, self._deadline)
        return service

    def _problem(self, reason: Reason, error: str) -> ProviderProblem:
        return ProviderProblem(self._name, reason, error)


def _status(said: str) -> str:
    return said if len(said) == 3 else f"401, {said}"


def _apprise() -> Any:
    """The library, loaded at the first message: it brings a hundred services, and most hours need none of them."""
    with _loading:
        import apprise

        apprise.Apprise.instantiate("json://127.0.0.1")  # loads the services, once
        return apprise


class _Ear(logging.Handler):
    """Hears what apprise says about one message, in whichever of its threads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        if _listening.get() is self:
            self.said += f"{record.getMessage()}\n"


_listening: ContextVar[_Ear | None] = ContextVar("listening", default=None)


def _notify(service: Any, item: Reach) -> tuple[bool, str]:
    """Whether it was taken, and what apprise said about it."""
    ear, log = _Ear(), logging.getLogger("apprise")
    log.addHandler(ear)
    mark = _listening.set(ear)
    try:
        return bool(service.notify(title=item.title, body=_body(item))), ear.said
    finally:
        _listening.reset(mark)
        log.removeHandler(ear)


def _body(item: Reach) -> str:
    return item.text if not item.ack_url or item.ack_url in item.text else f"{item.text}\n{item.ack_url}"
