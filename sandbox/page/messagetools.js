/** What can be done with a message: react, reply in a thread, run one of the app's message shortcuts. */
import { api } from "./api.js";
import { attempt } from "./attempt.js";
import { el, icon, iconButton } from "./dom.js";
import { emojiNode, QUICK_REACTIONS } from "./emoji.js";
import { openEmojiPicker } from "./emojipicker.js";
import { ownMessageItems } from "./membertools.js";
import { openMenu } from "./popover.js";
import { toast } from "./toast.js";
import { workspace } from "./workspace.js";

/** Add a reaction as the viewer. */
export async function react(message, channel, name) {
  await attempt(`Adding :${name}:`, () =>
    api.reaction({ user: workspace.viewerId, channel: channel.id, ts: message.ts, name }),
  );
}

/** The toolbar that appears on the message that is pointed at or has the focus. */
export function messageTools(message, context) {
  const { channel, inThread } = context;
  const quick = QUICK_REACTIONS.map((name) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `React with ${name}`,
        title: `:${name}:`,
        onclick: () => react(message, channel, name),
      },
      emojiNode(name),
    ),
  );
  const picker = iconButton(
    "smile",
    "Add reaction",
    () => openEmojiPicker(picker, (name) => react(message, channel, name)),
    { "aria-haspopup": "dialog", "aria-expanded": "false" },
  );
  const thread = message.thread_ts ?? message.ts;
  const reply = inThread
    ? null
    : el(
        "a",
        {
          class: "icon-button",
          href: `#/channel/${channel.id}/thread/${thread}`,
          "aria-label": "Reply in thread",
          title: "Reply in thread",
        },
        icon("reply"),
      );
  const more = iconButton("more", "More actions", () => openMore(more, message, channel), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  return el("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" }, quick, picker, reply, more);
}

function openMore(anchor, message, channel) {
  const shortcuts = workspace.offered(workspace.shortcuts).filter((shortcut) => shortcut.type === "message");
  const items = shortcuts.map((shortcut) => ({
    label: shortcut.name,
    hint: shortcut.description,
    icon: "bolt",
    onselect: () => runShortcut(shortcut, { channel: channel.id, ts: message.ts }),
  }));
  if (items.length) items.unshift({ heading: workspace.bot()?.real_name || "App shortcuts" });
  items.push(
    { heading: "Message" },
    ...ownMessageItems(message, channel),
    { label: "Copy text", icon: "file", onselect: () => copy(message.text ?? "") },
    { label: "Copy timestamp", hint: message.ts, icon: "clock", onselect: () => copy(message.ts) },
  );
  openMenu(anchor, items, "More actions", { align: "end" });
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}

/** Run a shortcut of the app; `where` names the message of a message shortcut. */
export async function runShortcut(shortcut, where = {}) {
  await attempt(`“${shortcut.name}”`, () =>
    api.shortcut({ user: workspace.viewerId, callback_id: shortcut.callback_id, ...where }),
  );
}
