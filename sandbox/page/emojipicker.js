/** A searchable grid of emoji. */
import { el } from "./dom.js";
import { EMOJI_NAMES, emojiCharacter } from "./emoji.js";
import { closePopover, openPopover } from "./popover.js";

const SHOWN = 96;
const FIRST = [
  "pushpin",
  "memo",
  "eyes",
  "white_check_mark",
  "+1",
  "tada",
  "heart",
  "joy",
  "rotating_light",
  "fire",
  "compass",
  "todo",
];

/** Open the picker beside a control; `onpick` gets the short name. */
export function openEmojiPicker(anchor, onpick) {
  const search = el("input", {
    type: "search",
    class: "chooser-search",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
  });
  const grid = el("div", { class: "emoji-grid" });
  const draw = () => {
    const query = search.value.trim().toLowerCase();
    const names = query ? EMOJI_NAMES.filter((name) => name.includes(query)) : [...new Set([...FIRST, ...EMOJI_NAMES])];
    grid.replaceChildren(...names.slice(0, SHOWN).map((name) => emojiButton(name, onpick)));
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") grid.querySelector("button")?.click();
  });
  const opened = openPopover(anchor, el("div", { role: "dialog", "aria-label": "Pick an emoji" }, search, grid), {
    className: "emoji-picker",
    align: "end",
  });
  if (!opened) return;
  draw();
  search.focus();
}

function emojiButton(name, onpick) {
  const pick = () => {
    closePopover();
    onpick(name);
  };
  return el(
    "button",
    { type: "button", title: `:${name}:`, "aria-label": name.replaceAll("_", " "), onclick: pick },
    emojiCharacter(name),
  );
}
