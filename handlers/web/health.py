"""Is it alive, is it able to work, and its figures."""

from collections.abc import Callable

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from bot.health import Health


def router(health: Health, metrics: Callable[[], bytes]) -> APIRouter:
    """/livez (restart us when red), /readyz (send us nothing while red), /metrics for Prometheus."""
    doors = APIRouter(tags=["health"])

    @doors.get("/livez")
    def livez() -> JSONResponse:
        return _verdict({name: "does not turn" for name in health.dead_loops()}, {})

    @doors.get("/readyz")
    def readyz() -> JSONResponse:
        return _verdict(health.problems(), health.ailing())

    @doors.get("/metrics")
    def figures() -> Response:
        return Response(metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return doors


def _verdict(problems: dict[str, str], ailing: dict[str, str]) -> JSONResponse:
    answer = {"ok": not problems, "problems": problems, **({"ailing": ailing} if ailing else {})}
    return JSONResponse(answer, 503 if problems else 200)
