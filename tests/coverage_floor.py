"""How much of each layer the quick tests run through, held against a floor: `make coverage`.

Measured are the tests of rules and records in one process each. Doors, loops and the command line are tried over the
wire by the stories, whose processes are not measured here; so these layers have no floor.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

FLOORS = {
    "bot/catalog": 97,
    "bot/domain": 95,
    "bot/work.py": 97,
    "bot/services": 72,
    "bot/rendering": 93,
    "bot/deliveries": 90,
    "storage": 85,
}
"""Percent of statements, 0 to 100. It is raised when a layer has got better, never lowered to pass."""


def by_layer(report: Path) -> dict[str, float]:
    """Percent of statements run, for each layer that has a floor, from a report of `coverage json`."""
    run: dict[str, int] = defaultdict(int)
    all_: dict[str, int] = defaultdict(int)
    for name, file in json.loads(report.read_text("utf-8"))["files"].items():
        layer = next((one for one in FLOORS if name == one or name.startswith(f"{one}/")), None)
        if layer is not None:
            run[layer] += file["summary"]["covered_lines"]
            all_[layer] += file["summary"]["num_statements"]
    return {layer: 100 * run[layer] / all_[layer] for layer in FLOORS if all_[layer]}


def main() -> int:
    found = by_layer(Path(sys.argv[1]))
    for layer, floor in FLOORS.items():
        print(f"{layer:16} {found.get(layer, 0):5.1f} %   floor {floor} %")
    return int(any(found.get(layer, 0) < floor for layer, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
