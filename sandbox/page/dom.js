/** Building DOM nodes. Nothing in this page ever parses HTML from text: strings become text nodes. */

/**
 * Create an element: el("button", {class: "btn", onclick: fn}, "Label", child).
 * Attributes that are null, undefined or false are left out; true becomes an empty attribute.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Replace everything inside a node. */
export function fill(node, ...children) {
  node.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** Line icons on a 24-unit grid, drawn here so that the page needs no asset from elsewhere. */
const ICONS = {
  bell: "M12 4a6 6 0 0 0-6 6v4l-2 3.5h16L18 14v-4a6 6 0 0 0-6-6zM10 20.5h4M12 2v2",
  bolt: "M13 2 4 14h7l-1 8 9-12h-7z",
  chevron: "m6 9 6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  pen: "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
  inbox: "M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  phone: "M6 3h4l1 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 1v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  back: "M15 5l-7 7 7 7",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  pin: "M9 3h6l-1 7 4 3v2H6v-2l4-3zM12 15v6",
  reply: "M21 12a8 8 0 0 1-11.8 7L4 20l1.2-4.5A8 8 0 1 1 21 12z",
  send: "M4 12 3 4l18 8-18 8 1-8zm0 0h9",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  traffic: "M4 7h13l-3-3M20 17H7l3 3",
  moon: "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19",
  home: "m3 11 9-8 9 8v9a1 1 0 0 1-1 1h-5v-7H9v7H4a1 1 0 0 1-1-1z",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  people:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3.2 3.2 0 0 1 0 6M18 14.5a6 6 0 0 1 3.5 5.5",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
  thumbUp: "M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h6a1.5 1.5 0 0 1 1.5 2l-2 8a2 2 0 0 1-2 1H7",
  thumbDown: "M17 13V4h3v9zM17 13l-4 8a2 2 0 0 1-2-2v-4H5a1.5 1.5 0 0 1-1.5-2l2-8a2 2 0 0 1 2-1H17",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
};

/** A decorative icon; the control that holds it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A square button that shows an icon and is named for assistive technology and by a tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes },
    icon(name),
  );
}

let lastId = 0;

/** A document-unique id for aria references. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

let pressed = false;
let waiting = [];

function release() {
  pressed = false;
  const going = waiting;
  waiting = [];
  for (const go of going) go();
}

/** Resolves when no pointer is held down: what is under a finger is not redrawn, or its click would be lost. */
export function released() {
  return pressed ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}

document.addEventListener("pointerdown", () => (pressed = true), true);
// The click follows the release within the same task. A drag of the scroll bar ends without a release: the next move tells.
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(release), true);
document.addEventListener("pointermove", (event) => event.buttons || !pressed || release(), true);
window.addEventListener("blur", release);

/** Run fn once for all calls within a moment: bursts of stream events become one fetch, a steady flow still moves. */
export function coalesce(fn, milliseconds = 40) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      fn();
    }, milliseconds);
  };
}
