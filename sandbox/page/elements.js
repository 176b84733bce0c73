/** Interactive elements: buttons, menus and inputs, with confirmation and dispatch. */
import { el, icon, uniqueId } from "./dom.js";
import { askConfirm } from "./dialog.js";
import { emojiString } from "./emoji.js";
import { FIELDS } from "./fields.js";
import { safeUrl } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { isSelect, renderSelect } from "./selects.js";
import { keyOf } from "./surface.js";
import { textNode, textString } from "./texts.js";
import { workspace } from "./workspace.js";

const BUTTONS = {
  button: renderButton,
  workflow_button: renderButton,
  icon_button: iconButtonElement,
  feedback_buttons: feedbackButtons,
  overflow: renderOverflow,
};

/**
 * One element of a block.
 * @param {object} context {block, surface, input?: boolean (sits in an input block), label?, attributes?}
 */
export function renderElement(element, context) {
  if (element.type in BUTTONS) return BUTTONS[element.type](element, context);
  if (isSelect(element.type)) return tagged(renderSelect(element, fieldContext(element, context)), element, context);
  if (element.type in FIELDS)
    return tagged(FIELDS[element.type](element, fieldContext(element, context)), element, context);
  return unsupported(element.type, "element");
}

/** The visible box for what this page cannot show. */
export function unsupported(type, what) {
  return el(
    "div",
    { class: "unsupported", role: "note" },
    el("strong", {}, `Unsupported ${what}`),
    " ",
    el("code", {}, String(type)),
  );
}

/** Mark a control for the focus to find it again, and give a select menu what its input block says of it. */
function tagged(node, element, { block, attributes }) {
  if (node.matches(".chooser")) {
    for (const [name, value] of Object.entries(attributes ?? {})) if (value) node.setAttribute(name, value);
  }
  const target = node.matches(".options") ? node.querySelector("input") : node;
  target?.setAttribute("data-key", keyOf(block, element));
  node.setAttribute("data-action-id", element.action_id ?? "");
  return node;
}

function fieldContext(element, context) {
  const { block, surface, input } = context;
  const fallback = textString(element.placeholder, surface.directory()) || element.type.replaceAll("_", " ");
  const commit = async (value, finished = true) => {
    surface.enter(block, element, value);
    context.onenter?.();
    if (!finished || (input && !block.dispatch_action)) return;
    if (await agreed(element, surface)) surface.dispatch(block, element, value, "This choice");
  };
  return { ...context, label: context.label ?? fallback, commit, attributes: context.attributes ?? {} };
}

async function agreed(element, surface) {
  return !element.confirm || askConfirm(element.confirm, (text) => textNode(text, surface.directory()));
}

/** Send a click: ask first when the app wants it, show that it is on its way, never send it twice at once. */
async function press(node, element, { block, surface }, value, what) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (!(await agreed(element, surface))) return;
  node.setAttribute("aria-busy", "true");
  await surface.dispatch(block, element, value, `“${what}”`);
  node.removeAttribute("aria-busy");
}

function renderButton(element, context) {
  const directory = context.surface.directory();
  const words = textString(element.text, directory);
  const attributes = {
    class: `button ${element.style ?? ""}`,
    "aria-label": element.accessibility_label ? emojiString(element.accessibility_label) : null,
    "data-action-id": element.action_id ?? "",
    "data-key": keyOf(context.block, element),
  };
  const url = element.url && safeUrl(element.url);
  if (!url) {
    const node = el(
      "button",
      { type: "button", ...attributes, onclick: () => press(node, element, context, element.value, words) },
      textNode(element.text, directory),
    );
    return node;
  }
  const link = el(
    "a",
    { ...attributes, href: url, target: "_blank", rel: "noopener noreferrer" },
    textNode(element.text, directory),
    icon("link"),
  );
  link.addEventListener("click", () => press(link, { ...element, confirm: null }, context, element.value, words));
  return link;
}

function iconButtonElement(element, context) {
  if (element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(workspace.viewerId)) return null;
  const words = textString(element.text, context.surface.directory());
  const name = element.accessibility_label ?? words;
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": name,
      title: words,
      onclick: () => press(node, element, context, element.value, words),
    },
    icon(element.icon === "trash" ? "trash" : "more"),
  );
  return node;
}

function feedbackButtons(element, context) {
  const one = (button, name) => {
    const words = textString(button.text, context.surface.directory());
    const node = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": button.accessibility_label ?? words,
        title: words,
        onclick: () => press(node, element, context, button.value, words),
      },
      icon(name),
    );
    return node;
  };
  return el(
    "span",
    { class: "feedback", role: "group", "aria-label": "Feedback" },
    one(element.positive_button, "thumbUp"),
    one(element.negative_button, "thumbDown"),
  );
}

function renderOverflow(element, context) {
  const directory = context.surface.directory();
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button overflow",
      id: uniqueId("overflow"),
      "aria-label": "More options",
      title: "More options",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-action-id": element.action_id ?? "",
    },
    icon("more"),
  );
  const choose = (option) => {
    const words = textString(option.text, directory);
    const url = option.url && safeUrl(option.url);
    if (url) window.open(url, "_blank", "noopener");
    press(node, element, context, option.value, words);
  };
  node.addEventListener("click", () => {
    const items = (element.options ?? []).map((option) => ({
      label: textNode(option.text, directory),
      hint: option.description ? textNode(option.description, directory) : null,
      onselect: () => choose(option),
    }));
    openMenu(node, items, "More options", { align: "end" });
  });
  return node;
}
