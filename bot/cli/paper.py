"""Where a document goes: standard output, or the file that was named."""

from pathlib import Path

from bot.cli.console import Refusal


def deliver(content: str, output: Path | None) -> None:
    """Writes the whole document. Raises Refusal when the file cannot be written."""
    text = content if content.endswith("\n") else content + "\n"
    if output is None:
        print(text, end="")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{output} cannot be written: {error.strerror}.") from None
