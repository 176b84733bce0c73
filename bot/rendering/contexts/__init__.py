"""What each template is given: pure functions from records to the names that its README lists."""

from bot.rendering.contexts.core.presenter import Presenter

__all__ = ["Presenter"]
