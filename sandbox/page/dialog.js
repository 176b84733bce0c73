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

/** Ask for a line of text, or several; resolves to what was written, or to "" when the person thought better of it. */
export function askText({ title, label, value, button, hint = "", lines = 1 }) {
  return new Promise((resolve) => {
    const id = uniqueId("ask");
    const field = el(lines > 1 ? "textarea" : "input", { id, class: "field", rows: lines > 1 ? lines : null });
    field.value = value;
    const answer = (text) => {
      closeDialog(dialog);
      resolve(text.trim());
    };
    const say = () => field.value.trim() && answer(field.value);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      say();
    });
    const dialog = openDialog(
      { title, className: "confirm", oncancel: () => answer("") },
      el(
        "div",
        { class: "dialog-body ask" },
        el("label", { for: id }, label),
        field,
        hint ? el("small", {}, hint) : null,
      ),
      el(
        "footer",
        { class: "dialog-footer" },
        el("button", { type: "button", class: "button", onclick: () => answer("") }, "Cancel"),
        el("button", { type: "button", class: "button primary", onclick: say }, button),
      ),
    );
    field.select();
    field.focus();
  });
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
