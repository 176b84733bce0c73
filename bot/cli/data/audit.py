"""`tocsin audit verify`: has the journal been tampered with?"""

from sqlmodel import func, select

from bot.cli import chosen_config, console, installation
from bot.cli.console import Refusal
from bot.domain.core.errors import BadReference, NoSuchIncident
from storage import journal
from storage.models import Incident, JournalEntry


def run(ref: str | None, *, as_json: bool) -> int:
    """Walks the chains: 0 when all hold, 1 with the first bad entry of each that does not."""
    with installation.database(exclusive=False) as database, database.read() as session:
        subject = None
        if ref is not None:
            number = _number(ref)
            subject = f"incident:{number}"
            if session.get(Incident, number) is None:
                raise Refusal(str(NoSuchIncident(ref=ref)))
        faults = list(journal.faults(session, subject))
        counted = select(func.count()).select_from(JournalEntry)
        count = session.exec(counted.where(JournalEntry.subject == subject) if subject else counted).one()
    if as_json:
        console.document({"ok": not faults, "entries": count, "faults": faults})
    elif faults:
        raise Refusal("\n".join(faults))
    else:
        print(f"{count} entries; every chain holds.")
    return 1 if faults else 0


def _number(ref: str) -> int:
    catalog = chosen_config.catalog(None)
    number = catalog.parse_reference(ref)
    if number is None:
        raise Refusal(str(BadReference(text=ref, example=catalog.reference(1))))
    return number
