/** The side pane: a thread, the pinned messages, the members or a canvas of the open channel. */
import { membersList, sendText } from "./channelview.js";
import { Composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { renderMarkdown } from "./markdown.js";
import { quotedMessage } from "./message.js";
import { MessageList } from "./messages.js";
import { personRow } from "./person.js";
import { workspace } from "./workspace.js";

const TITLES = { thread: "Thread", pins: "Pinned messages", members: "Members", canvas: "Canvas" };

/** What is open beside a channel. `open()` sets it, `refresh(messages)` shows the newest. */
export class Pane {
  constructor(node) {
    this.node = node;
    this.what = null;
  }

  /** @param {{kind: string, channel: string, id?: string}|null} what null closes the pane */
  open(what) {
    const same =
      what &&
      this.what &&
      what.kind === this.what.kind &&
      what.id === this.what.id &&
      what.channel === this.what.channel;
    if (same) return;
    this.what = what;
    this.node.hidden = !what;
    document.body.classList.toggle("with-pane", Boolean(what));
    if (!what) return fill(this.node);
    const channel = workspace.channel(what.channel);
    this.scroller = el("div", { class: "scroller" });
    const close = el(
      "a",
      { class: "icon-button", href: `#/channel/${what.channel}`, "aria-label": "Close pane", title: "Close" },
      icon("close"),
    );
    const head = el(
      "div",
      { class: "pane-head" },
      el("h2", {}, TITLES[what.kind], el("small", {}, workspace.title(channel))),
      close,
    );
    fill(this.node, head, this.scroller);
    this.node.setAttribute("aria-label", TITLES[what.kind]);
    if (what.kind === "thread") this.openThread(channel, what.id);
  }

  openThread(channel, ts) {
    this.list = new MessageList(this.scroller, { label: "Thread", channel, inThread: true });
    const disabled = channel.archived ? "This channel is archived" : undefined;
    this.composer = new Composer({
      key: `${channel.id}/${ts}`,
      label: "Reply in thread",
      commands: false,
      disabled,
      onsend: (text) => this.say(text, channel, ts),
    });
    this.node.append(el("div", { class: "channel-foot" }, this.composer.node));
    this.composer.focus();
  }

  say(text, channel, ts) {
    this.list.stick();
    return sendText(text, channel.id, ts);
  }

  refresh(messages) {
    const { what } = this;
    if (!what) return;
    const channel = workspace.channel(what.channel);
    if (what.kind === "thread")
      this.list.show(messages.filter((message) => message.ts === what.id || message.thread_ts === what.id));
    if (what.kind === "pins") fill(this.scroller, pinned(messages, channel));
    if (what.kind === "members")
      fill(
        this.scroller,
        el(
          "ul",
          { class: "people" },
          membersList(channel).map((user) => el("li", {}, personRow(user))),
        ),
      );
    if (what.kind === "canvas") this.drawCanvas(what.id);
  }

  drawCanvas(id) {
    const canvas = workspace.state.canvases.find((one) => one.id === id);
    if (!canvas) return fill(this.scroller, el("p", { class: "empty" }, "This canvas was deleted."));
    const title = canvas.title && canvas.title !== "Untitled" ? el("h1", {}, canvas.title) : null;
    return fill(
      this.scroller,
      el("div", { class: "canvas" }, title, renderMarkdown(canvas.markdown, workspace.directory())),
    );
  }
}

function pinned(messages, channel) {
  const wanted = new Set(channel.pins);
  const found = messages.filter((message) => wanted.has(message.ts));
  return found.length
    ? found.map((message) => quotedMessage(message, channel))
    : el("p", { class: "empty" }, "Nothing is pinned.");
}
