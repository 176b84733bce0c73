"""`tocsin sandbox`: the local Slack in this process, with Tocsin's manifest unless another is named."""

from argparse import Namespace
from pathlib import Path

from bot.cli.manifest import PATH
from sandbox.__main__ import main


def run(options: Namespace) -> int:
    here = Path("manifest.yml")
    manifest = options.manifest or (here if here.is_file() else PATH)
    words = [f"--port={options.port}", f"--manifest={manifest}", f"--latency={options.latency}"]
    chosen = {"company": options.company, "ledger": options.ledger, "request-url": options.request_url}
    words += [f"--{name}={value}" for name, value in chosen.items() if value]
    return main([*words, "--json"] if options.json else words)
