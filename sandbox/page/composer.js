/** Where people type: messages, replies and slash commands, with completion of commands, names and emoji. */
import { completionsFor } from "./completions.js";
import { el, iconButton, uniqueId } from "./dom.js";
import { openEmojiPicker } from "./emojipicker.js";
import { openMenu } from "./popover.js";
import { runShortcut } from "./messagetools.js";
import { workspace } from "./workspace.js";

const MOST_HEIGHT = 220;
const drafts = new Map();

/** One composer. `onsend(text)` resolves to true when the text was taken. */
export class Composer {
  /**
   * @param {{key: string, label: string, onsend: function, disabled?: string, commands?: boolean}} options `key` names
   * the draft; without `commands` none is offered, as in threads
   */
  constructor({ key, label, onsend, disabled, commands = true }) {
    this.commands = commands ? workspace.offered(workspace.commands) : [];
    this.key = key;
    this.onsend = onsend;
    this.items = [];
    this.active = 0;
    this.list = el("div", {
      role: "listbox",
      id: uniqueId("completions"),
      class: "completions",
      "aria-label": "Suggestions",
      hidden: true,
    });
    this.text = el("textarea", {
      rows: "1",
      "aria-label": label,
      placeholder: disabled ?? label,
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      disabled: Boolean(disabled),
      "data-testid": "composer-text",
      enterkeyhint: "send",
    });
    this.hint = el("div", { class: "composer-hint" });
    this.send = iconButton("send", "Send", () => this.submit(), {
      class: "icon-button send",
      disabled: Boolean(disabled),
    });
    this.bolt = iconButton("bolt", "Shortcuts", () => this.openShortcuts(), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.smile = iconButton(
      "smile",
      "Insert emoji",
      () => openEmojiPicker(this.smile, (name) => this.insert(`:${name}: `)),
      { "aria-haspopup": "dialog", "aria-expanded": "false" },
    );
    const bar = el("div", { class: "composer-bar" }, this.bolt, this.smile, this.hint, this.send);
    this.node = el("div", { class: disabled ? "composer disabled" : "composer" }, this.list, this.text, bar);
    this.text.value = drafts.get(key) ?? "";
    this.listen();
    this.changed();
  }

  listen() {
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.onKey(event));
    this.text.addEventListener("blur", () => this.showList([]));
    this.text.addEventListener("focus", () => this.changed());
  }

  changed() {
    drafts.set(this.key, this.text.value);
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, MOST_HEIGHT)}px`;
    this.send.classList.toggle("ready", Boolean(this.text.value.trim()));
    const before = this.text.value.slice(0, this.text.selectionStart);
    this.showList(document.activeElement === this.text ? completionsFor(before, this.commands) : []);
    this.showHint();
  }

  showHint() {
    const name = /^(\/\S+)\s/.exec(this.text.value)?.[1];
    const command = this.commands.find((one) => one.command === name);
    this.hint.textContent = command ? `${command.command} ${command.usage_hint ?? ""}` : "";
  }

  showList(items) {
    this.items = items;
    this.active = 0;
    this.list.hidden = !items.length;
    this.list.replaceChildren(...items.map((item, index) => this.itemRow(item, index)));
    this.mark();
  }

  itemRow(item, index) {
    const row = el(
      "div",
      { role: "option", id: `${this.list.id}-${index}`, class: "choice" },
      item.lead ?? null,
      el("span", { class: "menu-words" }, el("span", {}, item.label), item.hint ? el("small", {}, item.hint) : null),
    );
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.complete(item);
    });
    return row;
  }

  mark() {
    [...this.list.children].forEach((row, index) => {
      row.classList.toggle("active", index === this.active);
      row.setAttribute("aria-selected", String(index === this.active));
    });
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    if (this.items.length) this.text.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.text.removeAttribute("aria-activedescendant");
  }

  complete({ from, insert }) {
    const end = this.text.selectionStart;
    this.text.setRangeText(insert, end - from.length, end, "end");
    this.changed();
  }

  insert(words) {
    this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, "end");
    this.text.focus();
    this.changed();
  }

  onKey(event) {
    if (event.isComposing) return;
    if (this.items.length && this.onListKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  onListKey({ key }) {
    const count = this.items.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.active = (this.active + (key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
      return true;
    }
    if (key === "Escape") {
      this.showList([]);
      return true;
    }
    const item = this.items[this.active];
    if (key === "Tab" || (key === "Enter" && item.from !== item.insert.trim())) {
      this.complete(item);
      return true;
    }
    return false;
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text || this.text.readOnly) return;
    this.text.value = "";
    this.changed();
    const taken = await this.onsend(text);
    if (taken || this.text.value) return;
    this.text.value = text;
    this.changed();
  }

  openShortcuts() {
    const globals = workspace.offered(workspace.shortcuts).filter((shortcut) => shortcut.type === "global");
    const items = globals.map((shortcut) => ({
      label: shortcut.name,
      hint: shortcut.description,
      icon: "bolt",
      onselect: () => runShortcut(shortcut),
    }));
    for (const command of this.commands)
      items.push({
        label: command.command,
        hint: command.description,
        icon: "chevron",
        onselect: () => this.begin(command.command),
      });
    if (!items.length) items.push({ heading: "There are no shortcuts here" });
    const heading = this.commands.length ? "Shortcuts and commands" : "Shortcuts";
    openMenu(this.bolt, [{ heading }, ...items], "Shortcuts");
  }

  begin(command) {
    this.text.value = `${command} `;
    this.text.focus();
    this.changed();
  }

  /** Take the focus where a keyboard is likely; on a touch screen it would cover the conversation. */
  focus() {
    if (matchMedia("(hover: hover)").matches && !document.querySelector("dialog[open]")) this.text.focus();
  }
}
