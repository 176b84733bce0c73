"""Names of rooms from titles in any script, and durations in words."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.durations import human
from bot.rendering.slug import room_name, slug

DAY = date(2026, 11, 2)
DEFAULT = "incident-{date:%Y%m%d}-{slug}"

SLUGS = [
    ("Checkout returns 5xx", "checkout-returns-5xx"),
    ("  --Hello,   World!--  ", "hello-world"),
    ("Don't panic", "dont-panic"),
    ("snake_case stays", "snake_case-stays"),
    ("Größe: ß, Ärger", "grosse-ss-arger"),
    ("Æther Øre Łódź Đak Þing", "aether-ore-lodz-dak-thing"),
    ("Çalışma İptal", "calisma-iptal"),
    ("Ошибка оплаты в ЕС", "oshibka-oplaty-v-es"),
    ("Щётка съёжилась", "shchyotka-syozhilas"),
    ("Київ", "kiyiv"),
    ("Αθήνα πέφτει", "athina-peftei"),
    ("ﬁle ①", "file-1"),
    ("支付失败", "incident"),
    ("支付 API 失败", "api"),
    ("🔥🔥🔥", "incident"),
    ("", "incident"),
    ("../../etc/passwd", "etc-passwd"),
    ("<!channel>", "channel"),
]


@pytest.mark.parametrize(("title", "expected"), SLUGS)
def test_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


ROOMS = [
    (DEFAULT, "Checkout returns 5xx", 0, "incident-20261102-checkout-returns-5xx"),
    (DEFAULT, "Checkout returns 5xx", 1, "incident-20261102-checkout-returns-5xx"),
    (DEFAULT, "Checkout returns 5xx", 2, "incident-20261102-checkout-returns-5xx-2"),
    (DEFAULT, "a" * 100, 0, "incident-20261102-" + "a" * 62),
    (DEFAULT, "a" * 100, 12, "incident-20261102-" + "a" * 59 + "-12"),
    ("{id}", "x", 0, "inc-42"),
    ("incident-{id}", "x", 3, "incident-inc-42-3"),
    ("#Inc {date}", "x", 0, "inc-20261102"),
    ("{slug}-{date:%d}", "a" * 100, 0, "a" * 77 + "-02"),
    ("a" * 100, "x", 2, "a" * 78 + "-2"),
    ("{unknown}", "x", 2, "incident-2"),
    ("inc-{slug}-{slug}", "x", 0, "inc-x"),
    (DEFAULT, "支付失败", 0, "incident-20261102"),
    (DEFAULT, "支付失败", 2, "incident-20261102-2"),
    ("{slug}", "支付失败", 2, "incident-2"),
]


@pytest.mark.parametrize(("template", "title", "suffix", "expected"), ROOMS)
def test_room_name(template: str, title: str, suffix: int, expected: str) -> None:
    assert room_name(template, DAY, title, suffix, reference="INC-42") == expected


GOLDEN = json.loads((Path(__file__).parents[1] / "golden_channel_name.json").read_text("utf-8"))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: str(case["id"]))
def test_golden_names(case: dict[str, Any]) -> None:
    day = date.fromisoformat(case["inputs"]["date"])
    assert room_name(DEFAULT, day, case["inputs"]["description"]) == case["expected"]


@given(title=st.text(), template=st.one_of(st.just(DEFAULT), st.text(max_size=120)), suffix=st.integers(0, 999))
def test_every_room_name_is_one_that_slack_accepts(title: str, template: str, suffix: int) -> None:
    name = room_name(template, DAY, title, suffix)
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", name)
    assert suffix < 2 or name.endswith(f"-{suffix}")


DURATIONS = [
    (timedelta(0), "0 s"),
    (timedelta(milliseconds=900), "0 s"),
    (timedelta(seconds=59, milliseconds=999), "59 s"),
    (timedelta(seconds=60), "1 min"),
    (timedelta(seconds=130), "2 min 10 s"),
    (timedelta(minutes=9, seconds=59), "9 min 59 s"),
    (timedelta(minutes=41, seconds=59), "41 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=2, minutes=15), "2 h 15 min"),
    (timedelta(hours=23, minutes=59), "23 h 59 min"),
    (timedelta(days=1, hours=3, minutes=59), "1 d 3 h"),
    (timedelta(days=400), "400 d"),
    (timedelta(minutes=-12), "-12 min"),
    (timedelta(milliseconds=-1), "0 s"),
]


@pytest.mark.parametrize(("span", "expected"), DURATIONS)
def test_a_duration_reads_at_a_glance(span: timedelta, expected: str) -> None:
    assert human(span) == expected
