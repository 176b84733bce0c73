/** What a member may do with their own words and with a channel: edit, delete, rename, leave, archive. */
import { api } from "./api.js";
import { askConfirm, askText } from "./dialog.js";
import { el, iconButton } from "./dom.js";
import { attempt } from "./attempt.js";
import { openMenu } from "./popover.js";
import { textNode } from "./texts.js";
import { isDirect, isExternal, isGuest, workspace } from "./workspace.js";

const WRITTEN = new Set([undefined, null, "", "thread_broadcast", "me_message", "file_share"]);

/** The menu entries for one's own message; an admin may delete anybody's. */
export function ownMessageItems(message, channel) {
  if (channel.archived || !workspace.isMember(channel) || !WRITTEN.has(message.subtype)) return [];
  const mine = message.user === workspace.viewerId;
  const items = [];
  if (mine) items.push({ label: "Edit message", icon: "pen", onselect: () => edit(message, channel) });
  if (mine || workspace.viewer().is_admin)
    items.push({ label: "Delete message", icon: "trash", danger: true, onselect: () => remove(message, channel) });
  return items;
}

async function edit(message, channel) {
  const text = await askText({
    title: "Edit message",
    label: "Message",
    value: typedText(message),
    button: "Save",
    lines: 4,
  });
  if (text) await attempt("Editing", () => api.edit({ ...where(channel), ts: message.ts, text }));
}

/** What was typed, not what became of it: names instead of ids. */
function typedText(message) {
  const typed = message.blocks?.find((block) => block.block_id === "typed");
  return typed?.elements?.[0]?.elements?.[0]?.text ?? message.text ?? "";
}

async function remove(message, channel) {
  const sure = await sureOf("Delete message", "The message is gone for everybody.", "Delete");
  if (sure) await attempt("Deleting", () => api.remove({ ...where(channel), ts: message.ts }));
}

/** The button beside a channel's name. Guests and people of other companies can only leave. */
export function channelMenu(channel) {
  const button = iconButton("more", "Channel actions", () => open(button, channel), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "data-testid": "channel-menu",
  });
  return isDirect(channel) ? null : button;
}

function open(button, channel) {
  const own = !isGuest(workspace.viewer()) && !isExternal(workspace.viewer());
  const inside = workspace.isMember(channel);
  const items = [];
  if (own && channel.archived)
    items.push({ label: "Bring the channel back", icon: "back", onselect: () => unarchive(channel) });
  if (own && inside && !channel.archived)
    items.push({ label: "Rename channel", icon: "pen", onselect: () => rename(channel) });
  if (inside && !channel.archived) items.push({ label: "Leave channel", icon: "back", onselect: () => leave(channel) });
  if (own && inside && !channel.archived)
    items.push({
      label: "Archive channel",
      hint: "This throws the app out",
      icon: "file",
      danger: true,
      onselect: () => archive(channel),
    });
  if (!items.length) items.push({ heading: "Join the channel to change it" });
  openMenu(button, items, "Channel actions", { align: "end" });
}

async function rename(channel) {
  const hint = "Small letters, digits, - and _";
  const name = await askText({ title: `Rename #${channel.name}`, label: "New name", hint, value: channel.name, button: "Rename" });
  if (name) await attempt("Renaming", () => api.rename({ ...where(channel), name }));
}

async function leave(channel) {
  const sure = await sureOf(`Leave #${channel.name}`, "You can come back to a public channel at any time.", "Leave");
  if (sure) await attempt("Leaving", () => api.leave(where(channel)));
}

async function archive(channel) {
  const text = "No one can write in it any more, and the app is removed from it. A person can bring it back; the app can't.";
  if (await sureOf(`Archive #${channel.name}`, text, "Archive"))
    await attempt("Archiving", () => api.archive(where(channel)));
}

async function unarchive(channel) {
  await attempt("Bringing it back", () => api.unarchive(where(channel)));
}

function where(channel) {
  return { user: workspace.viewerId, channel: channel.id };
}

function sureOf(title, text, confirm) {
  const plain = (words) => ({ type: "plain_text", text: words });
  const question = { title: plain(title), text: plain(text), confirm: plain(confirm), deny: plain("Cancel"), style: "danger" };
  return askConfirm(question, (words) => el("span", {}, textNode(words, workspace.directory())));
}
