"""POST|GET /api/<method>: token, scope, rate, arguments in Slack's order, faults and ledger around it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from sandbox.api import arguments, call
from sandbox.api.limits import Limits
from sandbox.api.table import METHODS
from sandbox.delivery.socket_mode import SocketDoor
from sandbox.errors import SlackError
from sandbox.faults import Fault, Faults
from sandbox.ledger import Ledger
from sandbox.records import Json
from sandbox.transport import Reply, broken
from sandbox.world import World


@dataclass
class ApiDoor:
    """Answers Web API calls and remembers each of them."""

    world: World
    socket: SocketDoor
    faults: Faults
    ledger: Ledger
    limits: Limits = field(default_factory=Limits)
    latency: float = 0.0

    async def answer(self, request: Request) -> Reply:
        """The reply to one call; it may be a broken one."""
        method, started = request.path_params["method"], time.time()
        if self.faults.outage:
            return Reply(503, {"ok": False, "error": "service_unavailable"})
        try:
            args = await arguments.read(request)
        except SlackError as refusal:
            return Reply(200, refusal.answer())
        fault = self.faults.strike(method, after=False)
        answer: Json | None = None
        if fault is None or fault.kind == "slow":
            answer = self._apply(method, args, request)
            fault = fault or self.faults.strike(method, after=True)
        reply = self._reply(method, answer, fault)
        self._remember(method, args, answer, reply, fault, started)
        return reply.after(self.latency)

    def _apply(self, method: str, args: arguments.Arguments, request: Request) -> Json:
        try:
            spec = METHODS.get(method)
            if spec is None or self.world.lacking.get(spec.feature) == "unknown_method":
                raise SlackError("unknown_method", req_method=method)
            self._authorize(spec, args, request)
            self.limits.take(method, spec.tier, args.text("channel"))
            arguments.require(args, spec.required)
            return {
                "ok": True,
                **spec.run(call.Call(self.world, method, spec, args, self.socket, _credentials(request))),
            }
        except SlackError as refusal:
            return refusal.answer()

    def _authorize(self, spec: call.Method, args: arguments.Arguments, request: Request) -> None:
        token = _credentials(request).removeprefix("Bearer ").strip()
        if spec.token != "app":
            token = token or args.text("token")
        if spec.token == "none":
            return
        if not token:
            raise SlackError("not_authed")
        app = self.world.app
        kinds = {app.bot_token: "bot", app.workflow_token: "bot", app.app_token: "app", app.user_token: "user"}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if app.revoked:
            raise SlackError("token_revoked")
        if kinds[token] != spec.token:
            raise SlackError("not_allowed_token_type")
        if self.world.lacking.get(spec.feature) == "missing_scope":
            provided = ",".join(sorted(app.manifest.scopes))
            raise SlackError("missing_scope", needed=all_scopes(spec.scopes)[0], provided=provided)
        call.need_scope(self.world, all_scopes(spec.scopes))

    def _reply(self, method: str, answer: Json | None, fault: Fault | None) -> Reply:
        spec = METHODS.get(method)
        headers = {"x-oauth-scopes": ",".join(sorted(self.world.app.manifest.scopes))}
        if spec is not None:
            headers["x-accepted-oauth-scopes"] = ",".join(all_scopes(spec.scopes))
        if fault is not None and (wrecked := broken(fault, answer, headers)) is not None:
            return wrecked
        answer = answer or {"ok": False, "error": "internal_error"}
        if answer.get("error") == "ratelimited":
            headers["retry-after"] = str(answer.pop("retry_after"))
            return Reply(429, answer, headers)
        return Reply(200, answer, headers)

    def _remember(
        self,
        method: str,
        args: arguments.Arguments,
        answer: Json | None,
        reply: Reply,
        fault: Fault | None,
        started: float,
    ) -> None:
        applied = bool(answer and answer.get("ok"))
        self.ledger.remember(
            {
                "time": started,
                "method": method,
                "arguments": {key: value for key, value in args.values.items() if key != "token"},
                "answer": reply.shown(),
                "status": reply.status,
                "ms": round((time.time() - started) * 1000, 2),
                "applied": applied,
                "fault": fault.kind if fault else None,
            }
        )
        self.world.tell("call", text=method)
        spec = METHODS.get(method)
        if applied and answer and spec and spec.writes:
            self.ledger.write(self._entry(method, args, answer, fault, started))

    def _entry(
        self, method: str, args: arguments.Arguments, answer: Json, fault: Fault | None, started: float
    ) -> dict[str, Any]:
        metadata = args.values.get("metadata")
        place = answer.get("channel")
        channel = str(place.get("id") if isinstance(place, dict) else place or args.text("channel"))
        return {
            "time": started,
            "clock": self.world.clock.now(),
            "method": method,
            "channel": channel,
            "recipient": self._recipient(channel, args),
            "ts": answer.get("ts"),
            "metadata": args.json("metadata") if metadata else None,
            "text": args.text("text") or args.text("markdown_text"),
            "applied": True,
            "fault": fault.kind if fault else None,
        }

    def _recipient(self, channel: str, args: arguments.Arguments) -> str:
        """The person it was for: the one who was named, or the other side of a direct conversation."""
        place = self.world.channels.get(channel)
        if place is not None and place.kind == "im":
            return next((member for member in place.members if member != self.world.app.user_id), channel)
        return args.text("user") or args.text("user_id") or args.text("users") or channel


def _credentials(request: Request) -> str:
    return request.headers.get("authorization", "")


def all_scopes(scopes: call.Scopes) -> tuple[str, ...]:
    """Every alternative, whatever the kind of channel."""
    if isinstance(scopes, Mapping):
        return tuple(dict.fromkeys(scope for family in scopes.values() for scope in family))
    return scopes
