/** The viewer's stack of modals: shows the top view, keeps what was typed, submits, shows errors. */
import { api, Refused } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { closeDialog, openDialog } from "./dialog.js";
import { el, fill, iconButton } from "./dom.js";
import { clientErrors, showError } from "./inputs.js";
import { closePopover } from "./popover.js";
import { keyOf, Surface } from "./surface.js";
import { textNode, textString } from "./texts.js";
import { toastRefusal } from "./toast.js";
import { workspace } from "./workspace.js";

const surfaces = new Map();
let shown = null;

/** Bring the open dialog in line with the state; call after every change of views or viewer. */
export function syncModal() {
  const stack = workspace.state.views[workspace.viewerId] ?? [];
  const view = stack.at(-1);
  for (const id of surfaces.keys()) if (!stack.some((one) => one.id === id)) surfaces.delete(id);
  if (!view) return dismiss();
  if (
    shown &&
    shown.owner === workspace.viewerId &&
    shown.view.id === view.id &&
    shown.view.hash === view.hash &&
    shown.depth === stack.length
  )
    return;
  if (!shown || shown.owner !== workspace.viewerId) {
    dismiss();
    open(view, stack.length);
  } else redraw(view, stack.length);
}

function dismiss() {
  if (!shown) return;
  closePopover();
  closeDialog(shown.dialog);
  shown.returnTo?.isConnected && shown.returnTo.focus();
  shown = null;
}

function open(view, depth) {
  closePopover();
  const returnTo = document.activeElement;
  const form = el("form", { class: "modal-form", novalidate: true });
  const close = iconButton("close", "Close", () => closeTop(), { "data-testid": "modal-close" });
  const dialog = openDialog({ title: "", className: "modal", oncancel: () => closeTop(), header: [close] }, form);
  dialog.dataset.testid = "modal";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  form.addEventListener("keydown", keepEnter);
  shown = { dialog, form, returnTo, owner: workspace.viewerId, view: null, depth: 0, busy: false };
  redraw(view, depth);
}

/** Enter in a one-line field sends the form, unless the app listens to Enter there. */
function keepEnter(event) {
  const dispatches = event.target.closest?.("[data-dispatches]");
  if (event.key === "Enter" && dispatches && event.target.matches("input")) event.preventDefault();
}

function redraw(view, depth) {
  const first = shown.view?.id !== view.id;
  const kept = first ? null : rememberFocus();
  if (!surfaces.has(view.id)) surfaces.set(view.id, new Surface("modal", { view_id: view.id }));
  const surface = surfaces.get(view.id);
  Object.assign(shown, { view, depth, surface });
  const directory = workspace.directory();
  fill(shown.dialog.querySelector("h2"), textNode(view.title, directory));
  shown.body = el("div", { class: "dialog-body" }, renderBlocks(view.blocks, surface));
  for (const block of view.blocks)
    if (block.dispatch_action) blockNode(block.block_id)?.setAttribute("data-dispatches", "");
  const cancel = el(
    "button",
    { type: "button", class: "button", onclick: () => closeTop() },
    view.close ? textNode(view.close, directory) : depth > 1 ? "Back" : "Cancel",
  );
  const send = view.submit
    ? el(
        "button",
        { type: "submit", class: "button primary", disabled: view.submit_disabled || null },
        textNode(view.submit, directory),
      )
    : null;
  const from = el(
    "small",
    { class: "modal-app" },
    workspace.bot() ? `From ${workspace.bot().real_name || workspace.bot().name}` : "",
  );
  fill(shown.form, shown.body, el("footer", { class: "dialog-footer" }, from, cancel, send));
  if (first) focusFirst(view);
  else restoreFocus(kept);
}

function blockNode(id) {
  return shown.body?.querySelector(`[data-block-id="${CSS.escape(id)}"]`);
}

function focusFirst(view) {
  const wanted = view.blocks.flatMap((block) =>
    [block.element, block.accessory, ...(block.elements ?? [])]
      .filter((element) => element?.focus_on_load)
      .map((element) => keyOf(block, element)),
  )[0];
  const node = wanted ? byKey(wanted) : shown.body.querySelector("input, textarea, .chooser, button");
  (node ?? shown.form.querySelector("[type=submit]") ?? shown.dialog.querySelector("button"))?.focus();
}

function byKey(key) {
  return shown.body.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

function rememberFocus() {
  const at = document.activeElement;
  const scroll = shown.body?.scrollTop ?? 0;
  if (!at?.dataset?.key) return { scroll };
  const range = at.matches("textarea, input[type=text]") ? [at.selectionStart, at.selectionEnd] : null;
  return { scroll, key: at.dataset.key, range };
}

function restoreFocus({ key, range, scroll }) {
  shown.body.scrollTop = scroll;
  const node = key ? byKey(key) : null;
  (node ?? shown.dialog.querySelector("button"))?.focus({ preventScroll: true });
  if (node && range) node.setSelectionRange(...range);
}

async function submit() {
  const { view, surface, body, form } = shown;
  if (shown.busy) return;
  const own = clientErrors(view.blocks, surface, body);
  if (Object.keys(own).length) return showErrors(own);
  const answer = await whileBusy(
    form,
    () => api.submit({ user: workspace.viewerId, view_id: view.id, values: surface.values(view.blocks) }),
    `“${textString(view.submit, workspace.directory())}”`,
  );
  const response = answer?.response;
  if (response?.response_action === "errors" && shown?.view.id === view.id) showErrors(response.errors ?? {});
}

async function whileBusy(form, send, what) {
  const button = form.querySelector("[type=submit]");
  shown.busy = true;
  button?.setAttribute("aria-busy", "true");
  try {
    return await send();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    const errors = refused.answer.errors ?? refused.answer.response?.errors;
    if (errors) showErrors(errors);
    else toastRefusal(what, refused);
    return null;
  } finally {
    if (shown) shown.busy = false;
    button?.removeAttribute("aria-busy");
    workspace.dispatchEvent(new Event("changed"));
  }
}

/** {block_id: sentence} below their fields; the first one gets the focus. */
function showErrors(errors) {
  for (const block of shown.view.blocks) {
    const node = blockNode(block.block_id);
    if (node) showError(node, errors[block.block_id] ?? null);
  }
  shown.body.querySelector("[aria-invalid=true]")?.focus();
}

/** Once per view: an impatient second Escape means the same one, also when its answer is still on the way. */
async function closeTop() {
  const { view } = shown;
  if (shown.closing === view.id) return;
  shown.closing = view.id;
  try {
    await api.closeView({ user: workspace.viewerId, view_id: view.id });
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (shown) shown.closing = null;
    toastRefusal("Closing", refused);
  }
  workspace.dispatchEvent(new Event("changed"));
}
