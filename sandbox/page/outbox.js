/** The outbox drawer: mail, SMS, calls and webhooks that left the app, with links that can be followed. */
import { api } from "./api.js";
import { Drawer } from "./drawer.js";
import { el, fill, icon } from "./dom.js";
import { linkNode } from "./mrkdwn.js";
import { timeText } from "./times.js";
import { workspace, zoneOf } from "./workspace.js";

const WAYS = {
  email: ["mail", "E-mail"],
  sms: ["phone", "SMS"],
  phone: ["phone", "Call"],
  push: ["bell", "Push"],
  webhook: ["link", "Webhook"],
  pagerduty: ["bell", "PagerDuty"],
  pagerduty_rest: ["bell", "PagerDuty"],
  opsgenie: ["bell", "Opsgenie"],
};
const LINK = /https?:\/\/[^\s<>"'`|]+/g;
const MOST_SHOWN = 48;
const EMPTY = "Nothing has left the app by another way than Slack: no mail, no SMS, no call.";

/** The drawer and the button that opens it. */
export class Outbox extends Drawer {
  constructor(node, button) {
    super(node, button);
    this.items = [];
    this.since = 0;
    this.seen = 0;
    this.loading = false;
    this.again = false;
    this.filter = el("input", {
      type: "search",
      class: "field",
      placeholder: "Filter",
      "aria-label": "Filter the outbox",
      oninput: () => this.draw(),
    });
    this.list = el("div", { class: "outbox-list", tabindex: "0", role: "region", "aria-label": "What was sent" });
    this.badge = el("span", { class: "badge", "aria-hidden": "true", hidden: true });
    button.append(this.badge);
    fill(node, this.head("Outbox", "What left by other ways than Slack", this.filter), this.list);
  }

  /** After the connection was lost it may be another sandbox: begin anew. */
  forget() {
    this.items = [];
    this.since = this.seen = 0;
    this.draw();
  }

  /** Fetch what came since the last fetch. */
  async refresh() {
    this.again = this.loading;
    if (this.loading) return;
    this.loading = true;
    try {
      const fresh = await api.outbox(this.since);
      this.since = fresh.at(-1)?.n ?? this.since;
      this.items.push(...fresh);
      this.draw();
    } finally {
      this.loading = false;
    }
    if (this.again) await this.refresh();
  }

  draw() {
    if (this.open) this.seen = this.since;
    const fresh = this.since - this.seen;
    this.badge.hidden = !fresh;
    this.badge.textContent = String(fresh);
    this.button.setAttribute("aria-label", fresh ? `Outbox, ${fresh} new` : "Outbox");
    if (!this.open) return;
    const wanted = this.filter.value.trim().toLowerCase();
    const holds = (item) => `${wayOf(item)[1]} ${item.to} ${item.title} ${item.text}`.toLowerCase().includes(wanted);
    const shown = this.items.filter(holds).toReversed();
    const nothing = el("p", { class: "empty" }, this.items.length ? "Nothing fits the filter." : EMPTY);
    fill(this.list, shown.length ? shown.map(card) : nothing);
  }
}

function wayOf(item) {
  return WAYS[item.service] ?? ["send", item.service];
}

function card(item) {
  const [sign, way] = wayOf(item);
  const time = timeText(item.time, zoneOf(workspace.viewer()), true);
  const what = item.act === "send" ? way : `${way}: ${item.act}`;
  return el(
    "article",
    { class: "outbox-item", "aria-label": `${what} to ${item.to}` },
    el(
      "header",
      {},
      icon(sign),
      el("strong", {}, what),
      el("span", { class: "outbox-to", title: item.to }, `to ${item.to}`),
      el("time", {}, time),
    ),
    item.title ? el("h3", {}, linked(item.title)) : null,
    item.text ? el("p", { class: "outbox-text" }, linked(item.text)) : null,
    item.wrong.length ? el("p", { class: "alert alert-warning" }, `The service objects: ${item.wrong.join("; ")}`) : null,
    item.text ? null : el("details", {}, el("summary", {}, "What was sent"), el("pre", {}, JSON.stringify(item.body, null, 2))),
  );
}

/** Text whose addresses can be followed. */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/, "");
    const shown = address.length > MOST_SHOWN ? `${address.slice(0, MOST_SHOWN)}…` : address;
    parts.push(text.slice(end, match.index), linkNode(address, shown));
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)];
}
