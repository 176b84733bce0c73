"""Draws the layers and their nouns from the imports, as Mermaid: `python -m tests.picture_of_layers` writes it down."""

from __future__ import annotations

from pathlib import Path

from tests.layout import NOUNS
from tests.test_architecture import ROOT, imports, modules

PAGE = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- drawn from the imports: make docs -->\n", "<!-- end of the drawing -->\n"
# From the ground up; the longest prefix of a module's name is its layer.
LAYERS = ("storage.models", "storage", "bot.catalog", "bot.domain", "bot.work", "bot.services", "bot.rendering",
          "bot.integrations", "bot.deliveries", "bot.engine", "handlers", "bot.app", "bot.cli")  # fmt: skip


def layer_of(module: str) -> str | None:
    """One of LAYERS; None for what stands beside them (clock, settings, the sandbox)."""
    found = [layer for layer in LAYERS if module == layer or module.startswith(f"{layer}.")]
    return max(found, key=len, default=None)


def imported_by() -> dict[str, set[str]]:
    """The layers that each layer imports from."""
    found: dict[str, set[str]] = {layer: set() for layer in LAYERS}
    for module, path in modules().items():
        for imported in imports(path):
            pair = layer_of(module), layer_of(imported)
            if pair[0] and pair[1] and pair[0] != pair[1]:
                found[pair[0]].add(pair[1])
    return found


def drawing() -> str:
    """The picture, without the arrows that others imply, and the order of the nouns. No counts: they would change
    with every commit."""
    known = imported_by()
    lines = ["```mermaid", "graph TD", *(f'    {_id(layer)}["{layer}"]' for layer in reversed(LAYERS))]
    for layer in reversed(LAYERS):
        implied = set().union(*(_below(one, known) for one in known[layer]))
        lines += [f"    {_id(layer)} --> {_id(one)}" for one in reversed(LAYERS) if one in known[layer] - implied]
    lines += ["```", "", "| Layer | Its nouns; each may import those before it |", "|---|---|"]
    lines += [f"| `{layer}` | {', '.join(nouns)} |" for layer, nouns in NOUNS.items()]
    return "\n".join(lines) + "\n"


def _below(layer: str, known: dict[str, set[str]]) -> set[str]:
    """Everything that a layer stands on, directly or not."""
    return known[layer].union(*(_below(one, known) for one in known[layer]))


def _id(layer: str) -> str:
    return layer.replace(".", "_")


def drawn(page: str) -> str:
    """The page with the picture as it is now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}{drawing()}{END}{rest.split(END)[1]}"


def write(page: Path = PAGE) -> None:
    page.write_text(drawn(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write()
