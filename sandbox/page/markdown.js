/** Standard Markdown (the markdown block, canvases, Markdown files) to DOM nodes; raw HTML stays text. */
import { el } from "./dom.js";
import { emojiCharacter, emojiNode } from "./emoji.js";
import { dateNode, linkNode, mentionNode, safeUrl } from "./mrkdwn.js";

/** A Markdown document as one node. */
export function renderMarkdown(text, directory) {
  const root = el("div", { class: "markdown" });
  appendBlocks(root, text.replaceAll("\r\n", "\n").split("\n"), directory);
  return root;
}

const BLOCKS = [fenceAt, headingAt, ruleAt, quoteAt, tableAt, listAt];

function appendBlocks(root, lines, directory) {
  for (let i = 0; i < lines.length;) {
    if (!lines[i].trim()) {
      i += 1;
      continue;
    }
    const found = firstBlock(lines, i, directory) ?? paragraphAt(lines, i, directory);
    root.append(found.node);
    i = found.next;
  }
}

function firstBlock(lines, i, directory) {
  for (const block of BLOCKS) {
    const found = block(lines, i, directory);
    if (found) return found;
  }
  return null;
}

function fenceAt(lines, i) {
  const fence = /^\s{0,3}(```+|~~~+)/.exec(lines[i]);
  if (!fence) return null;
  let end = i + 1;
  while (end < lines.length && !lines[end].trim().startsWith(fence[1])) end += 1;
  return { node: el("pre", {}, lines.slice(i + 1, end).join("\n")), next: end + 1 };
}

function headingAt(lines, i, directory) {
  const match = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[i]);
  if (!match) return null;
  const level = Math.min(6, match[1].length + 2);
  return { node: inline(el(`h${level}`, { class: `md-h${match[1].length}` }), match[2], directory), next: i + 1 };
}

function ruleAt(lines, i) {
  return /^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(lines[i]) ? { node: el("hr"), next: i + 1 } : null;
}

function quoteAt(lines, i, directory) {
  if (!/^\s{0,3}>/.test(lines[i])) return null;
  let end = i;
  while (end < lines.length && /^\s{0,3}>/.test(lines[end])) end += 1;
  const node = el("blockquote");
  appendBlocks(
    node,
    lines.slice(i, end).map((line) => line.replace(/^\s{0,3}> ?/, "")),
    directory,
  );
  return { node, next: end };
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function tableAt(lines, i, directory) {
  if (!lines[i].includes("|") || !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[i + 1] ?? "")) return null;
  let end = i + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (tag, line) =>
    el(
      "tr",
      {},
      cells(line).map((cell) => inline(el(tag), cell, directory)),
    );
  const body = lines.slice(i + 2, end).map((line) => row("td", line));
  const head = cells(lines[i]).some(Boolean) ? el("thead", {}, row("th", lines[i])) : null;
  const table = el("table", {}, head, el("tbody", {}, body));
  return {
    node: el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, table),
    next: end,
  };
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function listAt(lines, i, directory) {
  const first = ITEM.exec(lines[i]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const list = el(ordered ? "ol" : "ul", {
    start: ordered && parseInt(first[2], 10) !== 1 ? parseInt(first[2], 10) : null,
  });
  const depth = first[1].length;
  let next = i;
  while (next < lines.length) {
    const match = ITEM.exec(lines[next]);
    if (!match || match[1].length !== depth || /\d/.test(match[2]) !== ordered) break;
    const end = itemEnd(lines, next + 1, depth);
    list.append(itemNode(match[3], lines.slice(next + 1, end), depth, directory));
    next = end;
  }
  return { node: list, next };
}

function itemEnd(lines, i, depth) {
  let end = i;
  while (end < lines.length && lines[end].trim() && /^\s*/.exec(lines[end])[0].length > depth) end += 1;
  return end;
}

function itemNode(first, rest, depth, directory) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const node = el("li", { class: task ? "task" : null });
  if (task)
    node.append(el("input", { type: "checkbox", disabled: true, checked: task[1] !== " ", "aria-label": "done" }), " ");
  inline(node, task ? task[2] : first, directory);
  appendBlocks(
    node,
    rest.map((line) => line.slice(Math.min(depth + 2, /^\s*/.exec(line)[0].length))),
    directory,
  );
  return node;
}

function paragraphAt(lines, i, directory) {
  let end = i + 1;
  while (end < lines.length && lines[end].trim() && !firstBlock(lines, end, directory)) end += 1;
  return { node: inline(el("p"), lines.slice(i, end).join("\n"), directory), next: end };
}

const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!|~<>])/, (m) => document.createTextNode(m[1])],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => el("code", {}, m[2])],
  [/^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (m) => linkNode(m[2], m[1] || m[2])],
  [/^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, (m, d) => linkNode(m[2], inline(el("span"), m[1], d))],
  [/^<(https?:\/\/[^\s<>|]+)(?:\|([^<>]+))?>/, (m) => linkNode(m[1], m[2] ?? m[1])],
  [/^<@([A-Z0-9]+)(?:\|[^<>]*)?>/, (m, d) => mentionNode("user", m[1], d)],
  [/^<#([A-Z0-9]+)(?:\|[^<>]*)?>/, (m, d) => mentionNode("channel", m[1], d)],
  [/^<!subteam\^([A-Z0-9]+)(?:\|[^<>]*)?>/, (m, d) => mentionNode("usergroup", m[1], d)],
  [/^<!date\^(-?\d{1,12})\^([^<>^|]+)(?:\^[^<>|]*)?(?:\|[^<>]*)?>/, (m, d) => dateNode(Number(m[1]), m[2], d)],
  [/^\*\*(?!\s)([\s\S]*?[^\s*])\*\*/, (m, d) => inline(el("strong"), m[1], d)],
  [/^__(?!\s)([\s\S]*?[^\s_])__(?!\w)/, (m, d) => inline(el("strong"), m[1], d)],
  [/^~~(?!\s)([\s\S]*?[^\s~])~~/, (m, d) => inline(el("s"), m[1], d)],
  [/^\*(?![\s*])([^*]*[^\s*])\*/, (m, d) => inline(el("em"), m[1], d)],
  [/^_(?![\s_])([^_]*[^\s_])_(?!\w)/, (m, d) => inline(el("em"), m[1], d)],
  [/^:([a-z0-9_+'-]+):/, (m) => (emojiCharacter(m[1]) ? emojiNode(m[1]) : null)],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"*_]/, (m) => (safeUrl(m[0]) ? linkNode(m[0], m[0]) : null)],
  [/^(?: {2,}|\\)?\n/, () => el("br")],
];
const STARTS = new Set("\\`![<*_~:h \n");

function inline(node, text, directory) {
  let pending = "";
  for (let i = 0; i < text.length;) {
    const found = STARTS.has(text[i]) ? spanAt(text, i, directory) : null;
    if (found) {
      node.append(pending, found.node);
      pending = "";
      i += found.length;
    } else {
      pending += text[i];
      i += 1;
    }
  }
  node.append(pending);
  return node;
}

function spanAt(text, i, directory) {
  if ((text[i] === "_" || text[i] === "h") && i > 0 && /\w/.test(text[i - 1])) return null;
  const rest = text.slice(i);
  for (const [pattern, make] of SPANS) {
    const match = pattern.exec(rest);
    const node = match && make(match, directory);
    if (node) return { node, length: match[0].length };
  }
  return null;
}
