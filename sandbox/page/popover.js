/** Floating panels beside a control: menus and free content. One at a time; Escape and a click outside close it. */
import { el, icon, uniqueId } from "./dom.js";

const GAP = 6;
let current = null;

/** Close whatever floats; focus goes back to its control when it was inside. */
export function closePopover() {
  current?.close();
}

/** Whether something floats over the page now (an Escape belongs to it first). */
export function popoverIsOpen() {
  return current !== null;
}

/**
 * Show content beside an anchor. Asking again with the same anchor closes it (a toggle).
 * @returns {{node: HTMLElement, close: function}|null}
 */
export function openPopover(anchor, content, { className = "", onclose, align = "start" } = {}) {
  const toggled = current?.anchor === anchor;
  closePopover();
  if (toggled) return null;
  const node = el("div", { class: `popover ${className}`, popover: "manual", id: uniqueId("popover") }, content);
  (anchor.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  place(node, anchor, align);
  anchor.setAttribute("aria-expanded", "true");
  const opened = { anchor, node, close: () => closeThis(opened, onclose) };
  current = opened;
  document.addEventListener("pointerdown", onOutside, true);
  document.addEventListener("keydown", onEscape, true);
  window.addEventListener("resize", closePopover);
  return opened;
}

/** Put an open popover back beside its anchor after its content changed size. */
export function replacePopover() {
  if (current) place(current.node, current.anchor, "start");
}

function closeThis(opened, onclose) {
  if (current !== opened) return;
  current = null;
  const hadFocus = opened.node.contains(document.activeElement);
  opened.node.remove();
  opened.anchor.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", onOutside, true);
  document.removeEventListener("keydown", onEscape, true);
  window.removeEventListener("resize", closePopover);
  if (hadFocus && opened.anchor.isConnected) opened.anchor.focus();
  onclose?.();
}

function onOutside(event) {
  if (!current.node.contains(event.target) && !current.anchor.contains(event.target)) closePopover();
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  closePopover();
}

function place(node, anchor, align) {
  const at = anchor.getBoundingClientRect();
  const size = node.getBoundingClientRect();
  const wanted = align === "end" ? at.right - size.width : at.left;
  const left = Math.max(8, Math.min(wanted, window.innerWidth - size.width - 8));
  const below = at.bottom + GAP;
  const above = at.top - GAP - size.height;
  const top = below + size.height <= window.innerHeight - 8 || above < 8 ? below : above;
  node.style.left = `${left}px`;
  node.style.top = `${Math.max(8, Math.min(top, window.innerHeight - size.height - 8))}px`;
  node.style.minWidth = `${Math.min(at.width, 480)}px`;
}

/**
 * A menu of actions.
 * @param {Array<{label: Node|string, name?: string, hint?: string, icon?: string, danger?: boolean, onselect: function}|{heading: string}>} items
 */
export function openMenu(anchor, items, label, options = {}) {
  const menu = el("div", { role: "menu", "aria-label": label, class: "menu" }, items.map(menuRow));
  const opened = openPopover(anchor, menu, options);
  if (!opened) return;
  opened.menu = menu;
  menu.addEventListener("keydown", (event) => moveFocus(event, entries(menu)));
  entries(menu)[0]?.focus();
}

/** The open menu of this anchor gets these entries; the focus stays in its place. */
export function refreshMenu(anchor, items) {
  if (current?.anchor !== anchor || !current.menu) return;
  const { menu } = current;
  const at = entries(menu).indexOf(document.activeElement);
  menu.replaceChildren(...items.map(menuRow));
  if (at >= 0) entries(menu)[Math.min(at, entries(menu).length - 1)]?.focus();
}

function entries(menu) {
  return [...menu.querySelectorAll("[role^=menuitem]")];
}

function menuRow(item) {
  if (item.heading) return el("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const choose = () => {
    closePopover();
    item.onselect();
  };
  return el(
    "button",
    {
      type: "button",
      role: "menuitem",
      tabindex: "-1",
      class: item.danger ? "menu-item danger" : "menu-item",
      "aria-label": item.name ?? null,
      onclick: choose,
    },
    item.icon ? icon(item.icon) : null,
    item.lead ?? null,
    el("span", { class: "menu-words" }, el("span", {}, item.label), item.hint ? el("small", {}, item.hint) : null),
  );
}

/** Arrow keys, Home and End among buttons. */
export function moveFocus(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  if (!(event.key in steps) || !buttons.length) return;
  event.preventDefault();
  buttons[(steps[event.key] + buttons.length) % buttons.length].focus();
}
