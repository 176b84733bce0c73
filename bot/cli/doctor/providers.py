"""The doctor's look at the ways beyond Slack: each that is set up is asked something that reaches nobody."""

from collections.abc import Callable, Iterator

from bot import providers as provider_bot
from bot.catalog import Catalog
from bot.catalog.sections.integrations import Integration
from bot.cli.finding import Finding, failed, ok
from bot.integrations.outcome import Reason
from bot.integrations.provider import NAMES, NotConfigured, ProviderProblem
from bot.integrations.providers import Providers
from bot.settings import Settings

MIRROR, TICKETS = "PagerDuty mirror", "Tickets"
FIXES = {
    Reason.AUTH: "the key or password is refused: set the right one; see docs/howto/integrations.md.",
    Reason.NOT_APPLIED: "check the address and the network of this machine.",
    Reason.AMBIGUOUS: "it answers badly: look at the provider's status page, then try again.",
    Reason.RATE: "it is asked too often: try again later.",
}


def examine(settings: Settings, catalog: Catalog | None) -> Iterator[Finding]:
    """A finding for each way that somebody began to set up."""
    if catalog is None:
        return
    sections = catalog.integrations
    providers = provider_bot.providers(settings, lambda: sections)
    try:
        found = [*_ways(providers)]
        if sections.pagerduty.mirror or settings.pagerduty_token.get_secret_value():
            found += _asked(MIRROR, lambda: providers.mirror().probe(), untouched=False)
        if sections.tickets.on:
            found += _asked(TICKETS, lambda: providers.tickets().probe(), untouched=False)
    finally:
        providers.close()
    yield from found


def _ways(providers: Providers) -> Iterator[Finding]:
    for via, name in NAMES.items():
        section: Integration = getattr(providers.sections, via)
        if section.enabled:
            yield from _asked(name, _probe(providers, via), untouched=section == type(section)())


def _probe(providers: Providers, via: str) -> Callable[[], str]:
    return lambda: providers.way(via).probe()


def _asked(name: str, probe: Callable[[], str], *, untouched: bool) -> Iterator[Finding]:
    """What is only half set up is a failure; what nobody began to set up is none."""
    try:
        yield ok(name, probe())
    except NotConfigured as missing:
        if not untouched:
            said, _, fix = str(missing).partition(": ")
            yield failed(name, said, f"{fix or 'see docs/howto/integrations.md'}.")
    except ProviderProblem as problem:
        yield failed(name, problem.error, FIXES.get(problem.reason, "see docs/howto/integrations.md."))
