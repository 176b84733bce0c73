"""functions.*: how a workflow step that the app carries out ended."""

from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Execution, Json


def _running(call: Call) -> Execution:
    found = call.world.executions.get(call.args.text("function_execution_id"))
    if found is None:
        raise SlackError("function_execution_not_found")
    if found.state != "running":
        raise SlackError("execution_not_in_running_state")
    return found


def complete_success(call: Call) -> Json:
    execution, outputs = _running(call), call.args.mapping("outputs", "parameter_validation_failed")
    known = (call.world.app.manifest.functions.get(execution.callback_id) or {}).get("output_parameters") or {}
    lacking = [name for name, about in known.items() if about.get("is_required") and outputs.get(name) is None]
    if lacking or set(outputs) - set(known):
        raise SlackError("parameter_validation_failed")
    execution.state, execution.outputs = "succeeded", outputs
    return {}


def complete_error(call: Call) -> Json:
    execution = _running(call)
    execution.state, execution.error = "failed", call.args.text("error")
    return {}
