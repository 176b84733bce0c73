"""A local Slack workspace: Web API, Socket Mode, signed HTTP and a web page. It knows nothing of the app it hosts."""

from sandbox.server import Sandbox

__all__ = ["Sandbox"]
