"""The HTTP doors."""

from handlers.web.site import Site, create_app

__all__ = ["Site", "create_app"]
