"""Which of two choices in a form is drawn: always what was chosen last."""

import pytest

from handlers import redraw
from handlers.redraw import OpenForms
from handlers.request import Request


def choice(form: str, at: float) -> Request:
    return Request(kind="action", user="U01ANA", key=None, view={"id": form, "hash": "1"}, received=at)


@pytest.mark.parametrize(
    ("arrived", "asked", "newest"),
    [
        (("V1 1.0",), "V1 1.0", True),
        (("V1 1.0", "V1 2.0"), "V1 2.0", True),
        (("V1 1.0", "V1 2.0"), "V1 1.0", False),
        (("V1 2.0", "V1 1.0"), "V1 1.0", False),
        (("V1 2.0", "V1 1.0"), "V1 2.0", True),
        (("V1 1.0", "V2 2.0"), "V1 1.0", True),
        ((), "V1 1.0", True),
    ],
)
def test_what_was_chosen_last_is_newest(arrived: tuple[str, ...], asked: str, newest: bool) -> None:
    forms = OpenForms()
    for one in arrived:
        form, at = one.split()
        forms.touched(choice(form, float(at)))
    form, at = asked.split()
    assert forms.is_newest(choice(form, float(at))) is newest


def test_forms_are_forgotten_and_what_has_no_form_is_not_kept() -> None:
    forms = OpenForms()
    for n in range(redraw.REMEMBERED * 2):
        forms.touched(choice(f"V{n}", float(n)))
    forms.touched(Request(kind="command", user="U01ANA", key=None))
    assert len(forms._last) == redraw.REMEMBERED
