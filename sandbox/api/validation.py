"""blocks.validate: what Slack would say about blocks, a message or a view."""

from sandbox.api.call import Call
from sandbox.blockkit.blocks import message_findings, refusal, view_findings
from sandbox.errors import bad_arguments
from sandbox.records import Json

MAX_INPUT = 100_000
KINDS = ("blocks", "message", "view")


def validate(call: Call) -> Json:
    given = [kind for kind in KINDS if call.args.has(kind)]
    if len(given) != 1:
        raise bad_arguments("exactly one of blocks, message and view is required")
    kind = given[0]
    if len(call.args.text(kind)) > MAX_INPUT:
        raise bad_arguments(f"must be less than {MAX_INPUT + 1} characters: {kind}")
    value = call.args.json(kind, f"invalid_{kind}")
    if kind == "view":
        found = view_findings(value)
    else:
        found = message_findings(
            value if kind == "blocks" else value.get("blocks") if isinstance(value, dict) else None
        )
    if found:
        raise refusal(f"invalid_{kind}", found)
    return {}
