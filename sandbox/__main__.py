"""`python -m sandbox`: a local Slack workspace for any app, until Ctrl-C."""

import argparse
import errno
import json
import sys
from pathlib import Path

from sandbox.server import Sandbox


def main(argv: list[str] | None = None) -> int:
    """Starts the sandbox, prints where it is, and runs until it is interrupted."""
    options = _parser().parse_args(argv)
    try:
        sandbox = Sandbox(
            options.manifest, options.company, options.port, options.ledger, options.request_url, options.latency
        )
    except (OSError, ValueError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        said = f"port {options.port} is taken; name another, or none for a free one." if taken else error
        sys.stderr.write(f"sandbox: {said}\n")
        return 1
    sandbox.start()
    sys.stdout.write((json.dumps(address(sandbox, options.request_url)) if options.json else _greeting(sandbox)) + "\n")
    sys.stdout.flush()
    try:
        sandbox.wait()
    except KeyboardInterrupt:
        sandbox.stop()
    return 0


def address(sandbox: Sandbox, bot_url: str | None) -> dict[str, str | None]:
    """What a program needs to connect."""
    return {
        "url": sandbox.url,
        "api_url": sandbox.api_url,
        "bot_token": sandbox.bot_token,
        "app_token": sandbox.app_token,
        "signing_secret": sandbox.signing_secret,
        "bot_url": bot_url,
    }


def _greeting(sandbox: Sandbox) -> str:
    return (
        f"Slack sandbox at {sandbox.url}\n"
        f"  SLACK_API_URL={sandbox.api_url}\n"
        f"  SLACK_BOT_TOKEN={sandbox.bot_token}\n"
        f"  SLACK_APP_TOKEN={sandbox.app_token}\n"
        f"  SLACK_SIGNING_SECRET={sandbox.signing_secret}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sandbox", description="A local Slack workspace for any Slack app.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="the app's manifest")
    parser.add_argument("--company", type=Path, help="people and channels; default: a small company")
    parser.add_argument("--ledger", type=Path, help="JSONL file for every write that took effect")
    parser.add_argument("--request-url", help="deliver by signed HTTP to this address instead of Socket Mode")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every Web API answer")
    parser.add_argument("--json", action="store_true", help="print one JSON line when ready")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
