/** Trouble on purpose: lets one see what the app does when Slack misbehaves. */
import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { attempt } from "./attempt.js";
import { openMenu } from "./popover.js";
import { toast } from "./toast.js";

const ONCE = { method: "*", times: 1 };
const FAULTS = [
  {
    label: "Next call is refused: too many",
    hint: "429, try again in 5 seconds",
    body: { ...ONCE, kind: "429", retry_after: 5 },
  },
  { label: "Next call fails", hint: "500, nothing was done", body: { ...ONCE, kind: "500" } },
  {
    label: "Next answer is lost",
    hint: "the call takes effect, the connection breaks",
    body: { ...ONCE, kind: "reset", phase: "after_apply" },
  },
  { label: "Cut the app's connection", hint: "Socket Mode has to come back by itself", body: { disconnect: true } },
  { label: "Slack is down", hint: "every call fails until it is mended", body: { total_outage: true } },
];

/** The button that opens the list of troubles. */
export function faultsButton() {
  const button = el(
    "button",
    {
      type: "button",
      class: "button small",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-testid": "faults",
    },
    icon("bolt"),
    "Faults",
  );
  const items = FAULTS.map(({ label, hint, body }) => ({
    label,
    hint,
    onselect: () => cause(label, () => api.addFault(body)),
  }));
  const mend = {
    label: "Mend everything",
    icon: "home",
    onselect: () => cause("Everything is mended", () => api.clearFaults()),
  };
  button.addEventListener("click", () =>
    openMenu(button, [{ heading: "Make trouble" }, ...items, mend], "Faults", { align: "end" }),
  );
  return button;
}

async function cause(label, send) {
  if (await attempt(label, send)) toast(`${label}.`);
}
