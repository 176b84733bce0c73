/** The select control: a combobox button with a popup list, single or multiple, static or fetched. */
import { el, icon, uniqueId } from "./dom.js";
import { closePopover, openPopover, replacePopover } from "./popover.js";

const SEARCH_FROM = 7;
const PAUSE = 200;

/**
 * @typedef {{value: string, name: string, label: Node|string, hint?: Node|string, lead?: Node}} Choice
 * @typedef {{heading?: string, choices: Choice[]}} Group
 *
 * @param {object} options
 * @param {string} options.label accessible name
 * @param {string} options.placeholder
 * @param {boolean} options.multiple
 * @param {number} [options.most] how many may be chosen
 * @param {number} [options.minQuery] how many characters a search needs
 * @param {boolean} [options.remote] whether load() asks the app on every keystroke
 * @param {function(string): Promise<Group[]>} options.load the choices for a query
 * @param {function(): Choice[]} options.chosen what is selected now
 * @param {function(Choice[]): void} options.onchange
 */
export function chooser(options) {
  const button = el("button", {
    type: "button",
    class: "chooser",
    role: "combobox",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
  });
  const draw = () => drawButton(button, options);
  const open = () => openList(button, options, draw);
  button.addEventListener("click", open);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open();
  });
  draw();
  return button;
}

function drawButton(button, { label, placeholder, multiple, chosen }) {
  const picked = chosen();
  const words = picked.map((choice) => choice.name).join(", ");
  button.setAttribute("aria-label", words ? `${label}: ${words}` : label);
  const shown = picked.length
    ? picked.map((choice) =>
        el(
          "span",
          { class: multiple ? "chip" : "chosen" },
          choice.lead ? choice.lead.cloneNode(true) : null,
          choice.label instanceof Node ? choice.label.cloneNode(true) : choice.label,
        ),
      )
    : el("span", { class: "placeholder" }, placeholder);
  button.replaceChildren(el("span", { class: "chooser-value" }, shown), icon("chevron"));
}

function openList(button, options, draw) {
  const list = el("div", {
    role: "listbox",
    id: uniqueId("list"),
    class: "choices",
    tabindex: "0",
    "aria-label": options.label,
    "aria-multiselectable": options.multiple ? "true" : null,
  });
  const search = el("input", {
    type: "text",
    class: "chooser-search",
    role: "searchbox",
    placeholder: "Search",
    "aria-label": "Filter options",
    "aria-controls": list.id,
    autocomplete: "off",
  });
  const opened = openPopover(button, [search, list], { className: "chooser-popup" });
  if (!opened) return;
  const session = { button, options, draw, list, search, active: 0, turn: 0, timer: null };
  search.hidden = !options.remote;
  search.addEventListener("input", () => {
    clearTimeout(session.timer);
    session.timer = setTimeout(() => reload(session), options.remote ? PAUSE : 0);
  });
  opened.node.addEventListener("keydown", (event) => onKey(event, session));
  reload(session).then(() => (search.hidden ? list : search).focus());
}

async function reload(session) {
  const { list, options, search } = session;
  const query = search.value.trim();
  session.turn += 1;
  const turn = session.turn;
  if (options.remote) {
    list.replaceChildren(
      note(query.length < (options.minQuery ?? 0) ? `Type at least ${options.minQuery} characters` : "Looking…"),
    );
    if (query.length < (options.minQuery ?? 0)) return;
  }
  let groups;
  try {
    groups = await options.load(query);
  } catch {
    if (turn === session.turn) list.replaceChildren(note("The app sent no options in 3 seconds."));
    return;
  }
  if (turn === session.turn) drawList(session, groups, query);
}

function drawList(session, groups, query) {
  const { list, options, search } = session;
  const total = groups.reduce((sum, group) => sum + group.choices.length, 0);
  if (total >= SEARCH_FROM) search.hidden = false;
  const picked = new Set(options.chosen().map((choice) => choice.value));
  list.replaceChildren();
  for (const group of groups) {
    const shown = options.remote ? group.choices : group.choices.filter((choice) => matches(choice, query));
    if (!shown.length) continue;
    if (group.heading) list.append(el("div", { class: "menu-heading", role: "presentation" }, group.heading));
    for (const choice of shown) list.append(choiceRow(session, choice, picked.has(choice.value)));
  }
  if (!list.children.length) list.append(note("Nothing matches"));
  const rows = rowsOf(session);
  setActive(
    session,
    Math.max(
      0,
      rows.findIndex((row) => row.getAttribute("aria-selected") === "true"),
    ),
  );
  replacePopover();
}

function choiceRow(session, choice, selected) {
  const row = el(
    "div",
    {
      role: "option",
      id: uniqueId("choice"),
      class: "choice",
      "aria-selected": String(selected),
      "data-value": choice.value,
    },
    choice.lead ?? null,
    el(
      "span",
      { class: "menu-words" },
      el("span", {}, choice.label),
      choice.hint ? el("small", {}, choice.hint) : null,
    ),
  );
  row.addEventListener("click", () => pick(session, choice, row));
  return row;
}

function pick(session, choice, row) {
  const { options, draw } = session;
  if (!options.multiple) {
    options.onchange([choice]);
    closePopover();
    draw();
    return;
  }
  const picked = options.chosen();
  const already = picked.some((one) => one.value === choice.value);
  if (!already && options.most && picked.length >= options.most) return;
  options.onchange(already ? picked.filter((one) => one.value !== choice.value) : [...picked, choice]);
  row.setAttribute("aria-selected", String(!already));
  draw();
}

function onKey(event, session) {
  const rows = rowsOf(session);
  const steps = { ArrowDown: session.active + 1, ArrowUp: session.active - 1 };
  if (event.key in steps && rows.length) setActive(session, (steps[event.key] + rows.length) % rows.length);
  else if (event.key === "Enter" || (event.key === " " && event.target !== session.search))
    rows[session.active]?.click();
  else if (event.key === "Tab") closePopover();
  else return;
  if (event.key !== "Tab") event.preventDefault();
}

function setActive(session, index) {
  session.active = index;
  rowsOf(session).forEach((row, at) => row.classList.toggle("active", at === index));
  const id = rowsOf(session)[index]?.id ?? "";
  for (const node of [session.list, session.search]) node.setAttribute("aria-activedescendant", id);
  rowsOf(session)[index]?.scrollIntoView({ block: "nearest" });
}

function rowsOf(session) {
  return [...session.list.querySelectorAll("[role=option]")];
}

function matches(choice, query) {
  return `${choice.name} ${choice.value}`.toLowerCase().includes(query.toLowerCase());
}

function note(text) {
  return el("div", { class: "choices-note", role: "presentation" }, text);
}
