/** A list of messages, kept in line with what was fetched: days, grouping, focus, scrolling. */
import { el, icon } from "./dom.js";
import { messageNode } from "./message.js";
import { dayKey, dayText } from "./times.js";
import { workspace } from "./workspace.js";

const GROUP_SECONDS = 300;
const NEAR_BOTTOM = 80;
/** Milliseconds in which the first messages of a log are drawn without being read aloud. */
const QUIET = 500;
const dismissed = new Set();

/** Whether a message stands in the channel itself (and not only in its thread). */
export function isTopLevel(message) {
  return (
    !message.thread_ts ||
    message.thread_ts === message.ts ||
    message.subtype === "thread_broadcast" ||
    message.broadcast
  );
}

/** One scrolling log of articles. */
export class MessageList {
  /**
   * @param {HTMLElement} scroller holds the log
   * @param {{label: string, channel: object, inThread: boolean, intro?: Node}} options `intro` stands above the log
   */
  constructor(scroller, options) {
    this.scroller = scroller;
    this.options = options;
    this.rows = new Map();
    this.log = el("div", {
      class: "log",
      role: "log",
      "aria-live": "off",
      "aria-label": options.label,
      "data-testid": options.inThread ? "thread-log" : "message-log",
    });
    this.log.addEventListener("keydown", (event) => this.rove(event));
    this.jump = el(
      "button",
      { type: "button", class: "jump button small", hidden: true, onclick: () => this.toBottom() },
      "Newer messages",
      icon("chevron"),
    );
    scroller.replaceChildren(...[options.intro, this.log, this.jump].filter(Boolean));
    this.stuck = true;
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.log);
    scroller.onscroll = () => {
      this.stuck = this.atBottom();
      if (this.stuck) this.jump.hidden = true;
    };
  }

  /** The next show() ends at the bottom: after something of one's own was sent. */
  stick() {
    this.stuck = true;
  }

  atBottom() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
  }

  /** Show these messages (oldest first); rows that did not change stay the same nodes. */
  show(messages, replies = new Map()) {
    const stick = this.stuck || !this.rows.size;
    const known = new Set(this.rows.keys());
    const next = new Map();
    const nodes = [];
    let before = null;
    for (const message of messages.filter((one) => this.visible(one))) {
      if (!before || dayOf(before) !== dayOf(message)) nodes.push(this.dayRow(message, next));
      const row = this.row(message, before, replies.get(message.ts) ?? []);
      next.set(message.ts + (message.ephemeral_for ?? ""), row);
      nodes.push(row.node);
      if (this.options.inThread && !before && messages.length > 1) nodes.push(this.countRow(messages.length - 1, next));
      before = message;
    }
    this.rows = next;
    reconcile(this.log, nodes);
    this.setTabStop();
    if (!known.size) setTimeout(() => this.log.setAttribute("aria-live", "polite"), QUIET);
    if (stick) this.toBottom();
    else if (known.size && [...next.keys()].some((key) => !known.has(key))) this.jump.hidden = false;
  }

  visible(message) {
    if (message.ephemeral_for) return message.ephemeral_for === workspace.viewerId && !dismissed.has(message.ts);
    return true;
  }

  dayRow(message, next) {
    const seconds = Number(message.ts);
    const { zone } = workspace.directory();
    const text = dayText(seconds, zone, workspace.now());
    const key = `day-${dayKey(seconds, zone)}`;
    const old = this.rows.get(key);
    const row =
      old?.signature === text
        ? old
        : {
            signature: text,
            node: el("div", { class: "day", role: "separator", "aria-label": text }, el("span", {}, text)),
          };
    next.set(key, row);
    return row.node;
  }

  countRow(count, next) {
    const text = `${count} ${count === 1 ? "reply" : "replies"}`;
    const old = this.rows.get("count");
    const row =
      old?.signature === text
        ? old
        : { signature: text, node: el("div", { class: "day day-left" }, el("span", {}, text)) };
    next.set("count", row);
    return row.node;
  }

  row(message, before, replies) {
    const firstReply = this.options.inThread && before && before.ts === message.thread_ts;
    const grouped = Boolean(before) && !firstReply && groups(before, message);
    const pinned = this.options.channel.pins.includes(message.ts);
    const latest = replies.at(-1)?.ts;
    const signature = JSON.stringify([message, grouped, pinned, replies.length, latest, workspace.viewerId]);
    const key = message.ts + (message.ephemeral_for ?? "");
    const old = this.rows.get(key);
    if (old?.signature === signature) return old;
    const context = { ...this.options, grouped, pinned, replies, dismiss: () => this.dismiss(message) };
    return { signature, node: messageNode(message, context) };
  }

  dismiss(message) {
    dismissed.add(message.ts);
    this.rows.get(message.ts + message.ephemeral_for)?.node.remove();
  }

  /** One tab stop for the whole log; arrows move from message to message. */
  setTabStop() {
    const articles = [...this.log.querySelectorAll("article")];
    if (!articles.some((article) => article.tabIndex === 0)) articles.at(-1)?.setAttribute("tabindex", "0");
  }

  rove(event) {
    if (event.target.localName !== "article" || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const articles = [...this.log.querySelectorAll("article")];
    const target = articles[articles.indexOf(event.target) + (event.key === "ArrowUp" ? -1 : 1)];
    if (!target) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }

  /** Scroll to a message and mark it for a moment. */
  reveal(ts) {
    const article = this.log.querySelector(`article[data-ts="${CSS.escape(ts)}"]`);
    if (!article) return;
    article.scrollIntoView({ block: "center" });
    article.classList.remove("revealed");
    requestAnimationFrame(() => article.classList.add("revealed"));
    article.focus({ preventScroll: true });
  }
}

function dayOf(message) {
  return dayKey(Number(message.ts), workspace.directory().zone);
}

function groups(before, message) {
  const plain = (one) => !one.ephemeral_for && (!one.subtype || one.subtype === "bot_message");
  const near = Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
  return (
    near &&
    plain(before) &&
    plain(message) &&
    before.user === message.user &&
    before.username === message.username &&
    dayOf(before) === dayOf(message)
  );
}

/** Put nodes into a parent in order, moving as little as possible so that focus and scroll survive. */
function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
