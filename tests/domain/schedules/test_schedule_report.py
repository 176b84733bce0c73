"""A schedule as the command line reports it."""

from bot.domain.schedules.report import shifts_json, who_json
from bot.domain.schedules.schedule import on_call, shifts
from tests.domain.schedule_samples import at, schedule


def test_reports_speak_the_local_time_of_the_schedule() -> None:
    rota = schedule({"start": "2026-11-02T09:00", "people": ("ana",), "name": "primary"}, timezone="Europe/Madrid")
    span = at("2026-11-02 07:00"), at("2026-11-02 10:00")
    assert shifts_json(rota, shifts(rota, *span))[-1] == {
        "start": "2026-11-02T09:00:00+01:00",
        "end": "2026-11-02T11:00:00+01:00",
        "people": ["ana"],
        "layer": "primary",
        "override": False,
    }
    assert shifts_json(rota, shifts(rota, *span))[0]["layer"] is None
    now = at("2026-11-02 10:00")
    assert who_json(rota, now, on_call(rota, now)) | {"layer": 0, "override": 0} == {
        "schedule": "test",
        "at": "2026-11-02T11:00:00+01:00",
        "people": ["ana"],
        "until": "2026-11-09T09:00:00+01:00",
        "layer": 0,
        "override": 0,
    }
