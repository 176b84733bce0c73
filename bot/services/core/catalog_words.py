"""What people type for things that tocsin.yml names, read as what it names."""

from bot.catalog import Catalog
from bot.domain.core.errors import UnknownService


def parse_service(catalog: Catalog, text: str) -> str | None:
    if not text:
        return None
    for key, service in catalog.services.items():
        if text.strip().lower() in (key.lower(), service.name.lower()):
            return key
    raise UnknownService(text=text, choices=", ".join(catalog.services) or "none are configured yet")
