/** One conversation: its header with topic, pins and bookmarks, its messages, its composer. */
import { api } from "./api.js";
import { Composer } from "./composer.js";
import { el, fill, icon, released } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { channelMenu } from "./membertools.js";
import { attempt } from "./attempt.js";
import { isTopLevel, MessageList } from "./messages.js";
import { linkNode, renderMrkdwn } from "./mrkdwn.js";
import { avatar, marks } from "./person.js";
import { appTabs } from "./homeview.js";
import { isDirect, personName, personTitle, workspace } from "./workspace.js";

/** Send what was typed: a slash command or a message. True when the sandbox took it. Threads have no commands. */
export async function sendText(text, channelId, threadTs) {
  const where = { user: workspace.viewerId, channel: channelId, text, ...(threadTs ? { thread_ts: threadTs } : {}) };
  if (/^\/[a-z]/i.test(text)) {
    const name = text.split(/\s/)[0];
    return (await attempt(name, () => api.command(where))) !== null;
  }
  return (await attempt("Sending", () => api.message(where))) !== null;
}

/** The main column while a channel or a direct conversation is open. */
export class ChannelView {
  constructor(main, channelId) {
    this.id = channelId;
    this.messages = [];
    this.turn = 0;
    this.head = el("div", { class: "channel-head" });
    this.scroller = el("div", { class: "scroller" });
    this.foot = el("div", { class: "channel-foot" });
    fill(main, this.head, this.scroller, this.foot);
    this.drawHead();
    this.list = new MessageList(this.scroller, {
      label: `Messages in ${workspace.title(this.channel)}`,
      channel: this.channel,
      inThread: false,
      intro: this.intro(),
    });
    this.drawComposer();
  }

  get channel() {
    return workspace.channel(this.id);
  }

  drawHead() {
    const { channel } = this;
    const direct = isDirect(channel);
    const other = direct ? workspace.others(channel)[0] : null;
    const sign = other
      ? avatar(other, "small")
      : channel.private
        ? icon("lock")
        : el("span", { class: "hash", "aria-hidden": "true" }, "#");
    const title = el(
      "h1",
      {},
      sign,
      el("span", {}, direct ? workspace.title(channel) : channel.name),
      other ? marks(other) : null,
    );
    const words = el(
      "div",
      { class: "topic" },
      channel.topic ? renderMrkdwn(channel.topic, workspace.directory()) : other ? personTitle(other) : "",
    );
    const people = el(
      "a",
      {
        class: "button small ghost",
        href: `#/channel/${this.id}/members`,
        "aria-label": `${channel.members.length} members`,
      },
      icon("people"),
      String(channel.members.length),
    );
    fill(
      this.head,
      el("div", { class: "head-row" }, el("div", { class: "head-words" }, title, words), direct ? null : people, channelMenu(channel)),
      other?.is_bot ? appTabs("messages") : this.marksBar(),
    );
  }

  /** Pins, canvas and bookmarks in one row; nothing when there are none. */
  marksBar() {
    const { channel } = this;
    const { canvas } = channel;
    const pins = channel.pins.length;
    const items = [];
    if (pins)
      items.push(
        el("a", { href: `#/channel/${this.id}/pins`, "data-testid": "pins-link" }, icon("pin"), `${pins} pinned`),
      );
    if (canvas)
      items.push(
        el(
          "a",
          { href: `#/channel/${this.id}/canvas/${canvas}`, "data-testid": "canvas-link" },
          icon("file"),
          "Canvas",
        ),
      );
    for (const mark of channel.bookmarks)
      items.push(linkNode(mark.link ?? "", mark.emoji ? withEmoji(mark.emoji) : icon("link"), " ", mark.title));
    return items.length ? el("nav", { class: "marks-bar", "aria-label": "Pins and bookmarks" }, items) : null;
  }

  intro() {
    const { channel } = this;
    const words = isDirect(channel)
      ? `This is the beginning of your conversation with ${workspace.title(channel)}.`
      : `This is the very beginning of #${channel.name}.`;
    return el(
      "div",
      { class: "intro" },
      el("strong", {}, words),
      channel.purpose ? el("p", {}, channel.purpose) : null,
      el("p", {}, workspace.offered(["/"]).length ? "Say something, or type / to see the app's commands." : "Say something."),
    );
  }

  drawComposer() {
    const { channel } = this;
    this.closed = this.closedBecause();
    this.composer = new Composer({
      key: this.id,
      label: `Message ${workspace.title(channel)}`,
      disabled: this.closed,
      onsend: (text) => this.say(text),
    });
    fill(this.foot, this.mayJoin() ? this.joinBox() : this.composer.node);
  }

  mayJoin() {
    return !this.channel.archived && !isDirect(this.channel) && !workspace.isMember(this.channel);
  }

  /** Looking at a channel from outside: join it to write. */
  joinBox() {
    const { channel } = this;
    const join = () => attempt(`Joining #${channel.name}`, () => api.join(workspace.viewerId, this.id));
    const words = el(
      "p",
      {},
      `You are looking at #${channel.name} as ${personName(workspace.viewer())}, who is not in it.`,
    );
    return el(
      "div",
      { class: "join-box" },
      words,
      el("button", { type: "button", class: "button primary", onclick: join }, `Join #${channel.name}`),
    );
  }

  /** Why nobody can write here, if so. */
  closedBecause() {
    const { channel } = this;
    if (channel.archived) return `#${channel.name} is archived: it can be read, not written to`;
    return workspace.isMember(channel)
      ? undefined
      : `You are only looking: ${personName(workspace.viewer())} is not in #${channel.name}`;
  }

  say(text) {
    this.list.stick();
    return sendText(text, this.id);
  }

  /** Fetch and show; the newest state of the channel is used for the header. */
  async refresh() {
    this.turn += 1;
    const { turn } = this;
    if (!this.channel) return;
    const messages = await api.messages(this.id, workspace.viewerId);
    await released();
    const { channel } = this;
    if (turn !== this.turn || !channel) return;
    this.drawHead();
    if (this.closed !== this.closedBecause()) this.drawComposer();
    this.messages = messages;
    this.list.options.channel = channel;
    this.list.show(this.messages.filter(isTopLevel), repliesOf(this.messages));
  }
}

/** {parent ts: [replies]} without the parents and without ephemeral ones. */
export function repliesOf(messages) {
  const replies = new Map();
  for (const message of messages) {
    if (!message.thread_ts || message.thread_ts === message.ts || message.ephemeral_for) continue;
    if (!replies.has(message.thread_ts)) replies.set(message.thread_ts, []);
    replies.get(message.thread_ts).push(message);
  }
  return replies;
}

/** Everybody in a channel, for the side pane. */
export function membersList(channel) {
  const people = channel.members.map((id) => workspace.user(id)).filter(Boolean);
  people.sort(
    (a, b) => Number(Boolean(a.is_bot)) - Number(Boolean(b.is_bot)) || personName(a).localeCompare(personName(b)),
  );
  return people;
}
