"""The data_visualization block of June 2026: line, bar, area and pie."""

from sandbox.blockkit.schema import Array, Finding, OneOf, Real, Shape, Str
from sandbox.records import Json

TITLE, LABEL, NAME = 50, 50, 20
SERIES, POINTS = 12, 20
MOST_A_MESSAGE = 2
_POINT = Shape({"label": Str(NAME), "value": Real()})
_LINES = Shape({"name": Str(NAME), "data": Array(_POINT, POINTS)})
_AXIS = Shape({"categories": Array(Str(NAME), POINTS)}, {"x_label": Str(LABEL), "y_label": Str(LABEL)})


def _fits(value: Json, at: str, found: list[Finding]) -> None:
    """Names of series are unique, and each has a point for every category and no other."""
    series, axis = value.get("series"), value.get("axis_config")
    if not isinstance(series, list) or not isinstance(axis, dict) or not all(isinstance(one, dict) for one in series):
        return
    names = [str(one.get("name")) for one in series]
    for name in sorted({name for name in names if names.count(name) > 1}):
        found.append(Finding("duplicate_value", f"series {name} already exists", f"{at}/series", "uniqueItems", name))
    categories = axis.get("categories")
    for index, one in enumerate(series):
        data = one.get("data")
        labels = [point.get("label") for point in data if isinstance(point, dict)] if isinstance(data, list) else []
        if isinstance(categories, list) and labels and labels != categories:
            text = "the labels of a series are the categories of the axis"
            found.append(Finding("invalid_value", text, f"{at}/series/{index}/data", "enum", categories))


_PLOT = Shape({"series": Array(_LINES, SERIES), "axis_config": _AXIS}, {}, _fits)
_PIE = Shape({"segments": Array(_POINT, SERIES)})
CHART = OneOf({"line": _PLOT, "bar": _PLOT, "area": _PLOT, "pie": _PIE}, "chart")
DATA_VISUALIZATION = Shape({"title": Str(TITLE), "chart": CHART}, {"block_id": Str(255)})
