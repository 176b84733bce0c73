/** Select menus of every source (static, external, users, conversations, channels), single and multiple. */
import { chooser } from "./chooser.js";
import { icon } from "./dom.js";
import { avatar } from "./person.js";
import { textNode, textString } from "./texts.js";
import { isDirect, personName, personTitle, workspace } from "./workspace.js";

/** Whether an element type is one of the select menus. */
export function isSelect(type) {
  return /^(multi_)?(static|external|users|conversations|channels)_select$/.test(type);
}

/**
 * A select menu. `commit(value)` gets a string, or a list of strings for the multiple ones.
 */
export function renderSelect(element, { block, surface, label, commit }) {
  const multiple = element.type.startsWith("multi_");
  const known = new Map();
  const remember = (groups) => {
    for (const group of groups) for (const choice of group.choices) known.set(choice.value, choice);
    return groups;
  };
  remember(groupsOf(element, surface.directory()));
  remember([{ choices: initialChoices(element, surface.directory()) }]);
  const remote = element.type.endsWith("external_select");
  return chooser({
    label,
    placeholder: textString(element.placeholder, surface.directory()) || "Choose…",
    multiple,
    most: element.max_selected_items,
    remote,
    minQuery: remote ? (element.min_query_length ?? 3) : 0,
    load: async (query) =>
      remember(
        remote
          ? remoteGroups(await surface.suggest(block, element, query), surface.directory())
          : groupsOf(element, surface.directory()),
      ),
    chosen: () =>
      chosenValues(element, block, surface).map((value) => known.get(value) ?? { value, name: value, label: value }),
    onchange: (choices) => {
      const values = choices.map((choice) => choice.value);
      commit(multiple ? values : values[0]);
    },
  });
}

function chosenValues(element, block, surface) {
  const value = surface.value(block, element);
  if (value === null || value === undefined) {
    return element.default_to_current_conversation && surface.address.channel ? [surface.address.channel] : [];
  }
  return Array.isArray(value) ? value : [value];
}

function initialChoices(element, directory) {
  const options = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean);
  return options.map((option) => optionChoice(option, directory));
}

function groupsOf(element, directory) {
  if (element.type.endsWith("users_select"))
    return [{ choices: workspace.state.users.filter((user) => !user.deleted).map(userChoice) }];
  if (element.type.endsWith("channels_select"))
    return [
      {
        choices: workspace
          .namedChannels()
          .filter((channel) => !channel.private && !channel.archived)
          .map(channelChoice),
      },
    ];
  if (element.type.endsWith("conversations_select"))
    return [{ choices: conversations(element.filter).map(channelChoice) }];
  return remoteGroups(element, directory);
}

function remoteGroups({ options, option_groups: groups }, directory) {
  if (groups?.length) {
    return groups.map((group) => ({
      heading: textString(group.label, directory),
      choices: group.options.map((option) => optionChoice(option, directory)),
    }));
  }
  return [{ choices: (options ?? []).map((option) => optionChoice(option, directory)) }];
}

function conversations(filter = {}) {
  const all = [...workspace.namedChannels().filter((channel) => !channel.archived), ...workspace.directs()];
  const include = filter.include ?? ["public", "private", "im", "mpim"];
  const kind = (channel) =>
    isDirect(channel) ? (channel.members.length > 2 ? "mpim" : "im") : channel.private ? "private" : "public";
  const withBot = (channel) => isDirect(channel) && workspace.others(channel).some((user) => user.is_bot);
  return all.filter((channel) => include.includes(kind(channel)) && !(filter.exclude_bot_users && withBot(channel)));
}

/** One option object as a choice. */
export function optionChoice(option, directory) {
  const hint = option.description ? textNode(option.description, directory) : null;
  return {
    value: option.value,
    name: textString(option.text, directory),
    label: textNodeSpan(option.text, directory),
    hint,
  };
}

function textNodeSpan(text, directory) {
  const span = document.createElement("span");
  span.append(textNode(text, directory));
  return span;
}

function userChoice(user) {
  return {
    value: user.id,
    name: personName(user),
    label: personName(user),
    hint: personTitle(user),
    lead: avatar(user, "small"),
  };
}

function channelChoice(channel) {
  const title = workspace.title(channel);
  return {
    value: channel.id,
    name: title,
    label: title,
    lead: channel.private && !isDirect(channel) ? icon("lock") : undefined,
  };
}
