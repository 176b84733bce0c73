/** The workspace's clock: what time it is there, and the ways to push it. */
import { api, Refused } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { openPopover } from "./popover.js";
import { timeText } from "./times.js";
import { toastRefusal } from "./toast.js";
import { workspace, zoneOf } from "./workspace.js";

const PUSHES = [
  ["+1m", 60, "1 minute"],
  ["+5m", 300, "5 minutes"],
  ["+15m", 900, "15 minutes"],
  ["+30m", 1800, "30 minutes"],
  ["+1h", 3600, "1 hour"],
];
const SPEEDS = [
  [1, "1×"],
  [60, "60×"],
];

const STEP = 60;

/** A long push is made minute by minute: what falls due on the way happens in its turn, as if time had passed. */
function steps(body) {
  if (!body.advance) return [body];
  return Array.from({ length: Math.ceil(body.advance / STEP) }, (_, n) => ({
    advance: Math.min(STEP, body.advance - n * STEP),
  }));
}

const HINT = "Push time forward to see what the app does when no one answers.";

/** The clock in the top bar; ticks by itself. */
export class ClockWidget {
  constructor(slot) {
    this.time = el("span", { class: "clock-time" });
    this.speed = el("span", { class: "clock-speed" });
    this.button = el(
      "button",
      {
        type: "button",
        class: "top-button clock",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "data-testid": "clock",
        onclick: () => this.openPanel(),
      },
      icon("clock"),
      this.time,
      this.speed,
    );
    this.speeds = [];
    fill(slot, this.button);
    setInterval(() => this.tick(), 250);
    this.tick();
  }

  tick() {
    const zone = zoneOf(workspace.viewer());
    const text = timeText(workspace.now(), zone, true);
    const { speed } = workspace.clock;
    const pace = speed === 1 ? "" : speed === 0 ? "paused" : `${speed}×`;
    if (this.time.textContent === text && this.speed.textContent === pace) return;
    this.time.textContent = text;
    this.speed.textContent = pace;
    this.button.title = `The workspace's clock, ${zone}`;
    this.button.setAttribute("aria-label", `Workspace clock ${text.slice(0, 5)}, change it`);
  }

  openPanel() {
    const button = (label, name, body) =>
      el(
        "button",
        { type: "button", class: "button small", "aria-label": name, onclick: () => this.change(body) },
        label,
      );
    const push = PUSHES.map(([label, seconds, name]) =>
      button(label, `Push the clock ${name} forward`, { advance: seconds }),
    );
    this.speeds = SPEEDS.map(([speed, label]) => [speed, button(label, `Run at ${label}`, { speed })]);
    this.note = el("p", { class: "clock-note", role: "status" }, HINT);
    const panel = el(
      "div",
      { class: "clock-panel", role: "dialog", "aria-label": "Clock" },
      el("h3", {}, "Push forward"),
      el("div", { class: "button-row" }, push),
      el("h3", {}, "Run at"),
      el(
        "div",
        { class: "button-row" },
        this.speeds.map(([, node]) => node),
      ),
      el("small", {}, zoneOf(workspace.viewer())),
      this.note,
    );
    this.pressSpeed();
    openPopover(this.button, panel, { align: "end" });
  }

  pressSpeed() {
    for (const [speed, node] of this.speeds) node.setAttribute("aria-pressed", String(speed === workspace.clock.speed));
  }

  /** Push the clock or set its speed; the sandbox answers when the app has settled, ten seconds at most a minute. */
  async change(body) {
    const { note } = this;
    note.textContent = "Waiting for the app to settle…";
    try {
      let answer = { settled: true };
      for (const step of steps(body)) {
        answer = await api.setClock(step);
        if (!answer.settled) break;
      }
      const { settled, waiting_for: late } = answer;
      note.textContent = settled ? "Done: the app has settled." : `Still busy after 10 seconds: ${late.join(", ")}.`;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      note.textContent = HINT;
      toastRefusal("Moving the clock", refused);
    }
    workspace.dispatchEvent(new Event("changed"));
  }

  /** Fetch the clock anew. */
  async refresh() {
    const answer = await api.clock();
    workspace.setClock(answer.now, answer.speed);
    this.tick();
    this.pressSpeed();
  }
}
