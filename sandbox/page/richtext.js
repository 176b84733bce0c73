/** rich_text blocks: sections, nested lists, quotes and preformatted text. */
import { el } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { dateNode, linkNode, mentionNode } from "./mrkdwn.js";

const WRAPPERS = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
];

/** A rich_text block as one node. Neighbouring list parts nest by their indent. */
export function renderRichText(block, directory) {
  const root = el("div", { class: "rich-text" });
  const lists = [];
  for (const part of block.elements ?? []) {
    if (part.type === "rich_text_list") appendList(root, lists, part, directory);
    else {
      lists.length = 0;
      root.append(partNode(part, directory));
    }
  }
  return root;
}

function partNode(part, directory) {
  const inline = (part.elements ?? []).map((item) => inlineNode(item, directory));
  if (part.type === "rich_text_preformatted") return el("pre", {}, inline);
  if (part.type === "rich_text_quote") return el("blockquote", {}, inline);
  return el("div", { class: "rich-text-section" }, inline);
}

function appendList(root, lists, part, directory) {
  const depth = part.indent ?? 0;
  while (lists.length && lists.at(-1).depth > depth) lists.pop();
  const tag = part.style === "ordered" ? "ol" : "ul";
  let list = lists.at(-1);
  if (!list || list.depth < depth || list.node.localName !== tag) {
    if (list && list.depth === depth) lists.pop();
    const parent = lists.at(-1)?.node.lastElementChild ?? root;
    list = { depth, node: el(tag, { start: part.offset ? part.offset + 1 : null }) };
    parent.append(list.node);
    lists.push(list);
  }
  for (const item of part.elements ?? []) list.node.append(el("li", {}, partNode(item, directory)));
}

function inlineNode(item, directory) {
  const node = bareNode(item, directory);
  return WRAPPERS.reduce((inner, [style, tag]) => (item.style?.[style] ? el(tag, {}, inner) : inner), node);
}

function bareNode(item, directory) {
  switch (item.type) {
    case "text":
      return textWithBreaks(item.text ?? "");
    case "link":
      return linkNode(item.url ?? "", item.text || item.url || "");
    case "emoji":
      return emojiNode(item.name ?? "");
    case "user":
      return mentionNode("user", item.user_id, directory);
    case "channel":
      return mentionNode("channel", item.channel_id, directory);
    case "usergroup":
      return mentionNode("usergroup", item.usergroup_id, directory);
    case "broadcast":
      return mentionNode("broadcast", item.range, directory);
    case "date":
      return item.url
        ? linkNode(item.url, dateNode(item.timestamp, item.format, directory))
        : dateNode(item.timestamp, item.format, directory);
    case "color":
      return el("code", {}, item.value ?? "");
    default:
      return document.createTextNode(item.text ?? item.fallback ?? "");
  }
}

function textWithBreaks(text) {
  const fragment = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    if (index) fragment.append(el("br"));
    fragment.append(line);
  });
  return fragment;
}
