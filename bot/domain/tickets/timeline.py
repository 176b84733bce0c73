"""Which facts of tickets become a line of the timeline, and in what words."""

from bot.domain.core.line import Line, Lines, line
from bot.domain.tickets.facts import TicketBehind, TicketMade, TicketRead, TicketRefused
from bot.domain.tickets.tickets import named

LINES: Lines = {
    TicketMade: lambda fact: Line("link", f"Ticket {named(fact.id)} in {fact.tracker}", link=fact.url or None),
    TicketRefused: line("system", lambda fact: f"No ticket was created: {fact.reason}"),
    TicketRead: line("system", lambda fact: f"Ticket {named(fact.id)} is “{fact.status}” now"),
    TicketBehind: line("system", lambda fact: f"Ticket {named(fact.id)} doesn't say how it stands: {fact.reason}"),
}
