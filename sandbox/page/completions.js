/** What could complete the word before the cursor: a command, a person or group, a channel, an emoji. */
import { el } from "./dom.js";
import { EMOJI_NAMES, emojiCharacter } from "./emoji.js";
import { avatar } from "./person.js";
import { personName, personTitle, workspace } from "./workspace.js";

const MOST = 8;
const SOURCES = [
  [/^(\/\S*)$/, fitting],
  [/(?:^|\s)(@[\w.-]*)$/, people],
  [/(?:^|\s)(#[\w-]*)$/, channels],
  [/(?:^|\s)(:[a-z0-9_+-]{2,})$/, emoji],
];

/**
 * Suggestions {from, insert, label, hint, lead} for the text before the cursor; `from` is what they replace. `commands`
 * are those that this place offers.
 */
export function completionsFor(before, commands) {
  for (const [pattern, source] of SOURCES) {
    const match = pattern.exec(before);
    if (match)
      return source(match[1], commands)
        .slice(0, MOST)
        .map((item) => ({ from: match[1], ...item }));
  }
  return [];
}

function fitting(word, commands) {
  return commands
    .filter((command) => command.command.startsWith(word))
    .map((command) => ({
      insert: `${command.command} `,
      label: el("span", {}, el("strong", {}, command.command), " ", el("small", {}, command.usage_hint ?? "")),
      hint: command.description,
    }));
}

function people(word) {
  const query = word.slice(1).toLowerCase();
  const users = workspace.state.users
    .filter((user) => !user.deleted && `${user.name} ${personName(user)}`.toLowerCase().includes(query))
    .map((user) => ({
      insert: `@${user.name} `,
      label: personName(user),
      hint: `@${user.name}${personTitle(user) ? ` · ${personTitle(user)}` : ""}`,
      lead: avatar(user, "small"),
    }));
  const groups = workspace.state.usergroups
    .filter((group) => group.handle.includes(query))
    .map((group) => ({ insert: `@${group.handle} `, label: `@${group.handle}`, hint: group.name }));
  const broadcasts = ["here", "channel"]
    .filter((name) => query && name.startsWith(query))
    .map((name) => ({ insert: `@${name} `, label: `@${name}`, hint: "Tell everybody in this channel" }));
  return [...users, ...groups, ...broadcasts];
}

function channels(word) {
  return workspace
    .namedChannels()
    .filter((channel) => !channel.archived && channel.name.includes(word.slice(1)))
    .map((channel) => ({ insert: `#${channel.name} `, label: `#${channel.name}`, hint: channel.topic }));
}

function emoji(word) {
  const query = word.slice(1);
  return EMOJI_NAMES.filter((name) => name.includes(query))
    .sort((a, b) => a.indexOf(query) - b.indexOf(query))
    .map((name) => ({
      insert: `:${name}: `,
      label: `:${name}:`,
      lead: el("span", { class: "emoji" }, emojiCharacter(name)),
    }));
}
