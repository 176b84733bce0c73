"""The picture of the layers is the one that the imports draw."""

from tests.picture_of_layers import LAYERS, PAGE, drawn, imported_by


def test_the_picture_is_drawn_from_the_imports_of_today() -> None:
    page = PAGE.read_text("utf-8")
    assert page == drawn(page), "draw it: python -m tests.picture_of_layers"


def test_no_arrow_of_the_picture_leads_up() -> None:
    for layer, below in imported_by().items():
        up = {one for one in below if LAYERS.index(one) > LAYERS.index(layer)}
        assert not up, f"{layer} imports {up}"
