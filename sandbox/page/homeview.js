/** The app's Home tab, as the viewer sees it. */
import { api } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { attempt } from "./attempt.js";
import { avatar, marks } from "./person.js";
import { Surface } from "./surface.js";
import { personName, workspace } from "./workspace.js";

/** The tabs of the app: its Home and the conversation with it. */
export function appTabs(current) {
  const bot = workspace.bot();
  const tab = (name, href, key) => el("a", { href, "aria-current": key === current ? "page" : null }, name);
  return el(
    "nav",
    { class: "tabs", "aria-label": `${personName(bot)} tabs` },
    tab("Home", "#/home", "home"),
    tab("Messages", `#/dm/${bot.id}`, "messages"),
  );
}

/** The main column while the app's Home is open. */
export class HomeView {
  constructor(main) {
    const bot = workspace.bot();
    this.hash = null;
    const title = el("h1", {}, avatar(bot, "small"), el("span", {}, personName(bot)), marks(bot));
    this.body = el("div", {
      class: "home-body",
      "data-testid": "home",
      role: "region",
      "aria-label": "Home",
      "aria-live": "polite",
    });
    fill(
      main,
      el(
        "div",
        { class: "channel-head" },
        el("div", { class: "head-row" }, el("div", { class: "head-words" }, title)),
        appTabs("home"),
      ),
      el("div", { class: "scroller" }, this.body),
    );
    this.draw();
  }

  /** Tell the app that its Home was opened. */
  async opened() {
    await attempt("Opening Home", () => api.home({ user: workspace.viewerId }));
  }

  draw() {
    const view = workspace.state.homes[workspace.viewerId];
    const hash = view ? `${view.id}/${view.hash}/${workspace.viewerId}` : "none";
    if (hash === this.hash) return;
    this.hash = hash;
    if (!view) {
      fill(
        this.body,
        el(
          "div",
          { class: "empty" },
          el("strong", {}, "Nothing here yet."),
          el("p", {}, "The app has not published a Home for you."),
        ),
      );
      return;
    }
    if (this.surface?.address.view_id !== view.id) this.surface = new Surface("home", { view_id: view.id });
    const key = document.activeElement?.closest?.(".home-body") ? document.activeElement.dataset.key : null;
    fill(this.body, renderBlocks(view.blocks, this.surface));
    if (key) this.body.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}
