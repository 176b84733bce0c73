/** One message: who, when, what (text, blocks, files), reactions and the link to its thread. */
import { renderBlocks } from "./blocks.js";
import { el, icon } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { attachmentNode, fileCard } from "./files.js";
import { messageTools, react } from "./messagetools.js";
import { renderMrkdwn } from "./mrkdwn.js";
import { avatar, marks } from "./person.js";
import { Surface } from "./surface.js";
import { agoText, dayText, longDate, timeText } from "./times.js";
import { personName, workspace } from "./workspace.js";

const surfaces = new Map();

function surfaceFor(channel, message) {
  const key = `${channel.id}/${message.ts}/${message.edited?.ts ?? ""}`;
  if (!surfaces.has(key)) surfaces.set(key, new Surface("message", { channel: channel.id, ts: message.ts }));
  const surface = surfaces.get(key);
  surface.files = message.files ?? [];
  return surface;
}

const SYSTEM =
  /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$|^(un)?pinned_item$|^bot_(add|remove)$/;

/** One message as an article. Context: {channel, inThread, grouped, pinned, replies, dismiss}. */
export function messageNode(message, context) {
  const user = workspace.user(message.user);
  const seconds = Number(message.ts);
  const { zone } = workspace.directory();
  const name = message.username || personName(user);
  const system = SYSTEM.test(message.subtype ?? "");
  const classes = [
    "message",
    context.grouped ? "grouped" : "",
    message.ephemeral_for ? "ephemeral" : "",
    system ? "system" : "",
    context.pinned ? "pinned" : "",
  ];
  const time = el(
    "time",
    {
      datetime: new Date(seconds * 1000).toISOString(),
      title: `${longDate(seconds, zone)} at ${timeText(seconds, zone, true)}`,
    },
    timeText(seconds, zone),
  );
  const head = el("div", { class: "message-head" }, el("span", { class: "author" }, name), marks(user), time);
  const who = system ? avatar(user, "small") : avatar(user, "large");
  const words = system
    ? [content(message, context), time]
    : [flags(message, context), context.grouped ? null : head, content(message, context), footer(message, context)];
  return el(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      tabindex: "-1",
      "data-ts": message.ts,
      "data-user": message.user ?? null,
      "aria-label": `${name}, ${timeText(seconds, zone)}${message.ephemeral_for ? ", only visible to you" : ""}`,
    },
    el("div", { class: "gutter" }, context.grouped ? time.cloneNode(true) : who),
    el("div", { class: "message-body" }, words),
    message.ephemeral_for || system ? null : messageTools(message, context),
  );
}

function flags(message, context) {
  if (message.ephemeral_for)
    return el(
      "div",
      { class: "flag" },
      el("span", {}, "👁 Only visible to you"),
      el("button", { type: "button", class: "link-button", onclick: context.dismiss }, "Dismiss"),
    );
  if (context.pinned) return el("div", { class: "flag" }, icon("pin"), el("span", {}, "Pinned"));
  return null;
}

/** What people typed is mrkdwn; the rich_text that comes with it says the same. Apps' blocks win over their text. */
function content(message, context) {
  const directory = workspace.directory();
  const typed = message.client_msg_id || message.blocks?.every((block) => block.block_id === "typed");
  const edited = message.edited ? el("span", { class: "edited", title: "This message was edited" }, " (edited)") : null;
  const surface = surfaceFor(context.channel, message);
  const text = () => el("div", { class: "text" }, renderMrkdwn(message.text ?? "", directory), edited);
  const parts = [
    !message.blocks?.length || typed ? (message.text ? text() : null) : [renderBlocks(message.blocks, surface), edited],
  ];
  for (const attachment of message.attachments ?? [])
    parts.push(
      attachmentNode(
        attachment,
        (blocks) => renderBlocks(blocks, surface),
        (words) => renderMrkdwn(words, directory),
      ),
    );
  for (const file of message.files ?? []) parts.push(fileCard(file));
  return parts;
}

function footer(message, context) {
  const reactions = (message.reactions ?? []).map((reaction) => reactionChip(message, reaction, context));
  const parts = [];
  if (reactions.length) parts.push(el("div", { class: "reactions" }, reactions));
  if (context.replies.length && !context.inThread) parts.push(threadLink(message, context));
  return parts;
}

function reactionChip(message, reaction, context) {
  const mine = reaction.users.includes(workspace.viewerId);
  const who = reaction.users.map((id) => personName(workspace.user(id))).join(", ");
  const label = `${reaction.name}, ${reaction.count ?? reaction.users.length}: ${who}`;
  return el(
    "button",
    {
      type: "button",
      class: mine ? "reaction mine" : "reaction",
      title: who,
      "aria-label": label,
      "aria-pressed": String(mine),
      onclick: () => react(message, context.channel, reaction.name),
    },
    emojiNode(reaction.name),
    el("span", {}, String(reaction.count ?? reaction.users.length)),
  );
}

function threadLink(message, { replies, channel }) {
  const people = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  const last = el("small", {}, `last reply ${agoText(Number(replies.at(-1).ts), workspace.now())}`);
  return el(
    "a",
    { class: "thread-link", href: `#/channel/${channel.id}/thread/${message.ts}` },
    people.map((id) => avatar(workspace.user(id), "small")),
    el("strong", {}, count),
    last,
  );
}

/** A message without its tools, for the pins pane. */
export function quotedMessage(message, channel) {
  const user = workspace.user(message.user);
  const { zone } = workspace.directory();
  const seconds = Number(message.ts);
  const head = el(
    "div",
    { class: "message-head" },
    avatar(user, "small"),
    el("span", { class: "author" }, message.username || personName(user)),
    marks(user),
    el("time", {}, `${dayText(seconds, zone, workspace.now())} ${timeText(seconds, zone)}`),
  );
  const go = el("a", { class: "button small", href: `#/channel/${channel.id}/message/${message.ts}` }, "Go to message");
  return el("div", { class: "quoted-message" }, head, content(message, { channel }), go);
}
