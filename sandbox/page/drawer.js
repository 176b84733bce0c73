/** A drawer at the foot of the page and the button that opens it. One is open at a time. */
import { el, iconButton } from "./dom.js";

let current = null;

export class Drawer {
  constructor(node, button) {
    this.node = node;
    this.button = button;
    this.open = false;
    button.addEventListener("click", () => this.toggle());
  }

  /** The title bar with what belongs into it. */
  head(title, hint, ...tools) {
    return el(
      "div",
      { class: "pane-head" },
      el("h2", {}, title, el("small", {}, hint)),
      tools,
      iconButton("close", `Close ${title.toLowerCase()}`, () => this.toggle()),
    );
  }

  toggle() {
    if (!this.open) current?.set(false);
    this.set(!this.open);
    if (this.open) this.refresh().then(() => this.draw());
    else this.button.focus();
  }

  set(open) {
    this.open = open;
    this.node.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    current = open ? this : null;
  }
}
