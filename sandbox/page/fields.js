/** Inputs a person types into or ticks: text, numbers, dates, radio buttons, checkboxes, files. */
import { el, uniqueId } from "./dom.js";
import { textNode, textString } from "./texts.js";

const TEXT_TYPES = {
  plain_text_input: "text",
  rich_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
};
const DATE_TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

/** Builders by element type: (element, context) -> node. Context: {block, surface, label, commit, attributes}. */
export const FIELDS = {
  ...Object.fromEntries(Object.keys(TEXT_TYPES).map((type) => [type, textField])),
  ...Object.fromEntries(Object.keys(DATE_TYPES).map((type) => [type, dateField])),
  radio_buttons: optionField,
  checkboxes: optionField,
  file_input: fileField,
};

function textField(element, { block, surface, label, commit, attributes }) {
  const multiline = element.multiline || element.type === "rich_text_input";
  const node = el(multiline ? "textarea" : "input", {
    class: "field",
    type: multiline ? null : TEXT_TYPES[element.type],
    rows: multiline ? "4" : null,
    placeholder: textString(element.placeholder, surface.directory()) || null,
    maxlength: element.max_length,
    minlength: element.min_length,
    min: element.min_value,
    max: element.max_value,
    step: element.type === "number_input" ? (element.is_decimal_allowed ? "any" : "1") : null,
    autocomplete: "off",
    "aria-label": label,
    ...attributes,
  });
  node.value = plainValue(surface.value(block, element));
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  node.addEventListener("input", () =>
    commit(node.value === "" ? null : node.value, triggers.includes("on_character_entered")),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || multiline || event.isComposing) return;
    if (triggers.includes("on_enter_pressed")) commit(node.value === "" ? null : node.value, true);
  });
  return node;
}

/** rich_text_input starts with a rich_text object; show its words. */
function plainValue(value) {
  if (value && typeof value === "object") {
    return (value.elements ?? [])
      .map((part) => (part.elements ?? []).map((item) => item.text ?? "").join(""))
      .join("\n");
  }
  return value ?? "";
}

function dateField(element, { block, surface, label, commit, attributes }) {
  const stamp = element.type === "datetimepicker";
  const zone = surface.directory().zone;
  const node = el("input", {
    class: "field field-date",
    type: DATE_TYPES[element.type],
    "aria-label": label,
    ...attributes,
  });
  const value = surface.value(block, element);
  node.value = stamp && value ? localStamp(Number(value), zone) : (value ?? "");
  node.addEventListener("change", () => {
    if (!node.value) commit(null, true);
    else commit(stamp ? epochOf(node.value, zone) : node.value, true);
  });
  return node;
}

/** "2026-11-20T14:02" in the person's zone, for a datetime-local input. */
export function localStamp(seconds, zone) {
  const options = {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  };
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", options).formatToParts(seconds * 1000).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The epoch seconds of a wall-clock time in a zone: correct a first guess by what that guess reads there. */
export function epochOf(local, zone) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${localStamp(guess, zone)}Z`) / 1000;
  return guess;
}

function optionField(element, { block, surface, label, commit, attributes }) {
  const directory = surface.directory();
  const many = element.type === "checkboxes";
  const group = uniqueId("options");
  const picked = new Set([surface.value(block, element) ?? []].flat());
  const rows = (element.options ?? []).map((option) => {
    const box = el("input", {
      type: many ? "checkbox" : "radio",
      name: group,
      value: option.value,
      checked: picked.has(option.value),
    });
    const hint = option.description ? el("small", {}, textNode(option.description, directory)) : null;
    return el(
      "label",
      { class: "option-row" },
      box,
      el("span", { class: "option-words" }, el("span", {}, textNode(option.text, directory)), hint),
    );
  });
  const node = el(
    "div",
    { class: "options", role: many ? "group" : "radiogroup", "aria-label": label, ...attributes },
    rows,
  );
  node.addEventListener("change", () => {
    const values = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    commit(many ? values : (values[0] ?? null), true);
  });
  return node;
}

/** Files stay names: the sandbox stores what apps upload, not what people pick in a modal. */
function fileField(element, { label, commit, attributes }) {
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const node = el("input", {
    class: "field",
    type: "file",
    multiple: (element.max_files ?? 10) > 1,
    accept,
    "aria-label": label,
    ...attributes,
  });
  node.addEventListener("change", () =>
    commit(
      [...node.files].map((file) => file.name),
      true,
    ),
  );
  return node;
}
