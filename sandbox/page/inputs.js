/** input blocks: label, hint, error, and what must hold before a form may leave. */
import { el, uniqueId } from "./dom.js";
import { renderElement } from "./elements.js";
import { textNode, textString } from "./texts.js";

/** An input block with its label, hint and a place for its error. */
export function renderInput(block, surface) {
  const directory = surface.directory();
  const errorId = uniqueId("error");
  const hintId = uniqueId("hint");
  const label = textString(block.label, directory);
  const controlId = uniqueId("control");
  const attributes = {
    id: controlId,
    "aria-describedby": block.hint ? `${hintId} ${errorId}` : errorId,
    "aria-required": block.optional ? null : "true",
  };
  const error = el("div", { class: "input-error", id: errorId, role: "alert", hidden: true });
  const onenter = () => showError(node, null);
  const control = renderElement(block.element, { block, surface, input: true, label, attributes, onenter });
  const node = el(
    "div",
    { class: "input-block" },
    el(
      "label",
      { class: "input-label", for: controlId },
      textNode(block.label, directory),
      block.optional ? el("span", { class: "optional" }, " (optional)") : null,
    ),
    control,
    error,
    block.hint ? el("div", { class: "input-hint", id: hintId }, textNode(block.hint, directory)) : null,
  );
  return node;
}

/** Show or clear the error below a block. `node` is the block's wrapper or anything that holds its error line. */
export function showError(node, text) {
  const error = node.querySelector(".input-error");
  if (!error) return;
  error.textContent = text ?? "";
  error.hidden = !text;
  const field = node.querySelector("input, textarea, .chooser");
  if (text) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

/** What the client itself refuses before it sends a form: {block_id: sentence}. */
export function clientErrors(blocks, surface, root) {
  const errors = {};
  for (const block of blocks ?? []) {
    if (block.type !== "input") continue;
    const value = surface.value(block, block.element);
    const empty = value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
    const field = root
      .querySelector(`[data-block-id="${CSS.escape(block.block_id)}"]`)
      ?.querySelector("input.field, textarea.field");
    const sentence = empty
      ? block.optional
        ? null
        : "Please complete this required field."
      : fieldError(block.element, String(value), field);
    if (sentence) errors[block.block_id] = sentence;
  }
  return errors;
}

function fieldError(element, value, field) {
  if (element.min_length && value.length < element.min_length)
    return `Please write at least ${element.min_length} characters.`;
  if (element.max_length && value.length > element.max_length)
    return `Please write at most ${element.max_length} characters.`;
  return field && !field.validity.valid ? field.validationMessage : null;
}
