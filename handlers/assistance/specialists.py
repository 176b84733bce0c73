"""Specialists that stay silent: the buttons that page them, or their lead, once more."""

from dataclasses import replace

from bot.catalog import Catalog
from bot.rendering.durations import human
from bot.services.assistance import specialists
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Reply, View


def choices(catalog: Catalog) -> list[Choice]:
    """Every specialist team with what it is for, for a menu."""
    return [
        Choice(key, f"{one.name[:55]} ({_promise(one.response.total_seconds(), human(one.response))})",
               ", ".join(one.when)[:75])
        for key, one in catalog.specialists.items()
    ][:form.MOST_OPTIONS]  # fmt: skip


def field(catalog: Catalog) -> list[View]:
    """The menu of specialists in the form that pages somebody; none without specialists."""
    listed = [replace(one, value=f"specialist:{one.value}") for one in choices(catalog)]
    menu = form.menu(listed, placeholder="Choose specialists")
    return [form.field("specialist", "Or specialists", menu, optional=True)] if listed else []


def _promise(seconds: float, within: str) -> str:
    return f"within {within}" if seconds else "immediately"


def again_button(door: Door, request: Request) -> Reply:
    return door.do(request, "page", lambda w: specialists.page_again(w, request.number))


def lead_button(door: Door, request: Request) -> Reply:
    return door.do(request, "page", lambda w: specialists.page_lead(w, request.number))


ACTIONS = {"specialist.again": again_button, "specialist.lead": lead_button}
