/** Short notices at the edge of the window, and the sentences for what the sandbox refuses. */
import { el, iconButton } from "./dom.js";

const SENTENCES = {
  operation_timeout: "did not work: the app took longer than 3 seconds to answer.",
  not_acknowledged: "did not work: the app did not acknowledge it within 3 seconds.",
  dispatch_failed: "did not work: no app is connected to this workspace, or it could not be reached.",
  unknown_action: "is not something the app put on this message.",
  unreachable: "did not work: the sandbox itself does not answer. Is it still running?",
  not_in_channel: "needs you to be a member of this channel.",
  is_archived: "is not possible in an archived channel.",
  user_is_restricted: "is not allowed to guests.",
  unknown_command: "is not a command of the app's manifest, or you are of another company.",
  not_supported_in_threads: "is not supported in threads. Type it in the channel.",
  cant_leave_general: "is not possible: everybody is in this channel.",
  cant_archive_general: "is not possible: everybody is in this channel.",
  name_taken: "did not work: another channel has this name, perhaps an archived one.",
  invalid_name_specials: "did not work: use small letters, digits, - and _.",
};

const SILENT = new Set(["operation_timeout", "not_acknowledged", "dispatch_failed"]);
const SECONDS = { error: 12, note: 6 };

let toldAt = -Infinity;

/** Show a notice for a while; hovering or focusing it keeps it. */
export function toast(text, kind = "note") {
  const region = document.getElementById("toasts");
  const remove = () => node.remove();
  const node = el(
    "div",
    { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" },
    el("p", {}, text),
    iconButton("close", "Dismiss", remove),
  );
  region.append(node);
  let timer = setTimeout(remove, SECONDS[kind] * 1000);
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", () => {
    timer = setTimeout(remove, 2000);
  });
  while (region.children.length > 4) region.firstElementChild.remove();
}

/** The sandbox tells of an app that did not answer; our own request fails at the same moment. Say it once. */
export function toastSilence(text) {
  if (performance.now() - toldAt < 1500) return;
  toldAt = performance.now();
  toast(text, "error");
}

/** Tell what was refused and why, in a sentence, with Slack's error code. */
export function toastRefusal(what, refused) {
  if (SILENT.has(refused.code) && performance.now() - toldAt < 1500) return;
  toldAt = performance.now();
  const sentence = SENTENCES[refused.code] ?? "did not work.";
  toast(`${what} ${sentence} (${refused.code})`, "error");
}
