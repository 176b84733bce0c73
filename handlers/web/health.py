"""Is it alive, is it able to work, and its figures."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.health import Health


def routes(health: Health, metrics: Callable[[], bytes]) -> list[Route]:
    """/livez (restart us when red), /readyz (send us nothing while red), /metrics for Prometheus."""

    def livez(_: Request) -> Response:
        return _verdict({name: "does not turn" for name in health.dead_loops()}, {})

    def readyz(_: Request) -> Response:
        return _verdict(health.problems(), health.ailing())

    def figures(_: Request) -> Response:
        return Response(metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return [Route("/livez", livez), Route("/readyz", readyz), Route("/metrics", figures)]


def _verdict(problems: dict[str, str], ailing: dict[str, str]) -> JSONResponse:
    answer = {"ok": not problems, "problems": problems, **({"ailing": ailing} if ailing else {})}
    return JSONResponse(answer, 503 if problems else 200)
