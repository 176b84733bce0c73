/** The traffic drawer: every Web API call of the app as it happens, with arguments and answer. */
import { api } from "./api.js";
import { Drawer } from "./drawer.js";
import { el, fill } from "./dom.js";
import { faultsButton } from "./faults.js";
import { timeText } from "./times.js";
import { workspace, zoneOf } from "./workspace.js";

const KEPT = 400;

/** The drawer and the button that opens it. */
export class Traffic extends Drawer {
  constructor(drawer, button) {
    super(drawer, button);
    this.since = 0;
    this.calls = [];
    this.loading = false;
    this.rows = el("tbody");
    this.detail = el("div", { class: "traffic-detail" }, hint("Select a call to see its arguments and its answer."));
    this.filter = el("input", {
      type: "search",
      class: "field",
      placeholder: "Filter by method",
      "aria-label": "Filter calls",
      oninput: () => this.draw(),
    });
    const head = this.head("Traffic", "Web API calls of the app", this.filter, faultsButton());
    const columns = el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["Time", "Method", "Status", "ms"].map((name) => el("th", { scope: "col" }, name)),
      ),
    );
    fill(
      drawer,
      head,
      el(
        "div",
        { class: "traffic-columns" },
        el(
          "div",
          { class: "traffic-list", tabindex: "0", role: "region", "aria-label": "Calls" },
          el("table", {}, columns, this.rows),
        ),
        this.detail,
      ),
    );
  }

  /** After the connection was lost it may be another sandbox: begin anew. */
  forget() {
    this.since = 0;
    this.calls = [];
  }

  /** Fetch the calls since the last fetch. */
  async refresh() {
    if (this.loading) return;
    this.loading = true;
    try {
      const fresh = await api.calls(this.since);
      this.since = fresh.at(-1)?.n ?? this.since;
      this.calls = [...this.calls, ...fresh].slice(-KEPT);
      if (this.open && fresh.length) this.draw();
    } finally {
      this.loading = false;
    }
  }

  draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const shown = this.calls.filter((call) => call.method.toLowerCase().includes(wanted));
    fill(
      this.rows,
      shown.toReversed().map((call) => this.row(call)),
    );
  }

  row(call) {
    const failed = call.answer?.ok === false || call.status >= 400;
    const status = call.answer?.ok === false ? call.answer.error : call.answer?.ok ? "ok" : String(call.status ?? "ok");
    const select = el("button", { type: "button", class: "link-button", onclick: () => this.show(call) }, call.method);
    const zone = zoneOf(workspace.viewer());
    const time =
      typeof call.time === "number"
        ? timeText(call.time, zone, true)
        : timeText(Date.parse(call.time) / 1000, zone, true);
    return el(
      "tr",
      { class: failed ? "failed" : null, onclick: () => this.show(call) },
      el("td", {}, time),
      el("td", {}, select),
      el("td", {}, status),
      el("td", { class: "align-right" }, millis(call)),
    );
  }

  show(call) {
    const block = (title, value) => [el("h3", {}, title), el("pre", {}, JSON.stringify(value, null, 2) ?? "null")];
    fill(
      this.detail,
      el("h3", { class: "traffic-method" }, call.method),
      call.fault ? el("p", { class: "alert alert-warning" }, `Injected fault: ${JSON.stringify(call.fault)}`) : null,
      block("Arguments", call.arguments ?? call.args),
      block("Answer", call.answer),
    );
  }
}

function millis(call) {
  const value = call.ms ?? call.duration_ms ?? call.took_ms;
  return value === undefined ? "" : value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function hint(text) {
  return el("p", { class: "empty" }, text);
}
