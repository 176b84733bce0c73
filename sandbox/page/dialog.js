/** Native dialogs: the frame of a modal, and the small confirmation question. */
import { el, uniqueId } from "./dom.js";
import { popoverIsOpen } from "./popover.js";

/**
 * Open a modal <dialog>: focus stays inside, the page behind is inert, Escape calls oncancel.
 * @param {{title: Node|string, className?: string, role?: string, oncancel: function}} frame
 * @param {...Node} children below the title bar
 */
export function openDialog({ title, className = "", role = null, oncancel, header = [] }, ...children) {
  const titleId = uniqueId("dialog-title");
  const dialog = el(
    "dialog",
    { class: `dialog ${className}`, role, "aria-labelledby": titleId },
    el("header", { class: "dialog-header" }, el("h2", { id: titleId }, title), header),
    children,
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!popoverIsOpen()) oncancel();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Close a dialog and give the focus back to where it was before. */
export function closeDialog(dialog) {
  dialog.close();
  dialog.remove();
}

/** Ask a Block Kit confirm object; resolves to true when the person agrees. */
export function askConfirm(confirm, render) {
  return new Promise((resolve) => {
    const answer = (value) => {
      closeDialog(dialog);
      resolve(value);
    };
    const style = confirm.style === "danger" ? "button danger" : "button primary";
    const yes = el(
      "button",
      { type: "button", class: style, onclick: () => answer(true) },
      render(confirm.confirm ?? { type: "plain_text", text: "Yes" }),
    );
    const no = el(
      "button",
      { type: "button", class: "button", onclick: () => answer(false) },
      render(confirm.deny ?? { type: "plain_text", text: "No" }),
    );
    const frame = {
      title: render(confirm.title ?? { type: "plain_text", text: "Are you sure?" }),
      className: "confirm",
      role: "alertdialog",
      oncancel: () => answer(false),
    };
    const body = confirm.text ? el("div", { class: "dialog-body" }, render(confirm.text)) : null;
    const dialog = openDialog(frame, body, el("footer", { class: "dialog-footer" }, no, yes));
    yes.focus();
  });
}
