/** Slack's mrkdwn to DOM nodes. Knows names through a directory; never produces HTML from text. */
import { el } from "./dom.js";
import { emojiCharacter, emojiNode } from "./emoji.js";
import { dateTokens, longDate, timeText } from "./times.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

/**
 * Render mrkdwn text.
 * @param {string} text as the Web API stores it (&amp; &lt; &gt; escaped)
 * @param {object} directory {userName, channelName, groupName, viewerId, zone, now()}
 */
export function renderMrkdwn(text, directory) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(/```\n?([\s\S]+?)\n?```/g)) {
    appendLines(fragment, text.slice(end, match.index).replace(/\n$/, ""), directory);
    fragment.append(el("pre", {}, plainTokens(match[1])));
    end = match.index + match[0].length;
  }
  appendLines(fragment, end ? text.slice(end).replace(/^\n/, "") : text, directory);
  return fragment;
}

/** &lt; &gt; &amp; and no other entity, once. */
export function unescapeEntities(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);
}

/** & < > as a client stores what a person typed. */
export function escapeEntities(text) {
  return text.replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character]);
}

/** A target a person may follow, or null: nothing that runs code. */
export function safeUrl(url) {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url) ? url : null;
}

/** A link that opens elsewhere and tells nothing about us. */
export function linkNode(url, ...label) {
  const target = safeUrl(url);
  if (!target) return el("span", {}, label);
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
}

/** <!date^seconds^format|fallback> as a <time> in the reader's zone. */
export function dateNode(seconds, format, directory) {
  const full = `${longDate(seconds, directory.zone)} at ${timeText(seconds, directory.zone, true)}`;
  const text = dateTokens(format, seconds, directory.zone, directory.now());
  return el("time", { datetime: new Date(seconds * 1000).toISOString(), title: full }, text);
}

/** An @person, #channel or @group chip; the ones that mean the viewer stand out. */
export function mentionNode(kind, id, directory) {
  if (kind === "user") {
    const mine = id === directory.viewerId;
    return el(
      "span",
      { class: mine ? "mention mention-me" : "mention", "data-user": id },
      `@${directory.userName(id)}`,
    );
  }
  if (kind === "channel") {
    return el("a", { class: "mention", href: `#/channel/${id}` }, `#${directory.channelName(id)}`);
  }
  if (kind === "usergroup") return el("span", { class: "mention" }, `@${directory.groupName(id)}`);
  return el("span", { class: "mention mention-me" }, `@${id}`);
}

function appendLines(fragment, text, directory) {
  if (!text) return;
  let plain = [];
  let quoted = [];
  const flushPlain = () => {
    if (plain.length) appendInline(fragment, plain.join("\n"), directory);
    plain = [];
  };
  const flushQuote = () => {
    if (quoted.length) fragment.append(appendInline(el("blockquote"), quoted.join("\n"), directory));
    quoted = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      flushPlain();
      quoted.push(quote[1]);
    } else {
      flushQuote();
      plain.push(line);
    }
  }
  flushPlain();
  flushQuote();
}

function appendInline(node, text, directory) {
  let pending = "";
  const flush = () => {
    if (pending) node.append(unescapeEntities(pending));
    pending = "";
  };
  for (let i = 0; i < text.length;) {
    const found = spanAt(text, i, directory);
    if (found) {
      flush();
      node.append(found.node);
      i += found.length;
    } else {
      pending += text[i];
      i += 1;
    }
  }
  flush();
  return node;
}

function spanAt(text, i, directory) {
  const character = text[i];
  if (character === "\n") return { node: el("br"), length: 1 };
  if (character === "<") return tokenAt(text, i, directory);
  if (character === "`") return codeAt(text, i);
  if (character === ":") return emojiAt(text, i);
  if (character in STYLES) return styleAt(text, i, directory);
  if (character === "h") return bareUrlAt(text, i);
  return null;
}

function tokenAt(text, i, directory) {
  const match = /^<([^<>\n]+)>/.exec(text.slice(i, i + 4000));
  const node = match && tokenNode(match[1], directory);
  return node ? { node, length: match[0].length } : null;
}

function tokenNode(inner, directory) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : inner.slice(bar + 1);
  if (/^@[A-Z0-9]+$/.test(target)) return mentionNode("user", target.slice(1), directory);
  if (/^#[A-Z0-9]+$/.test(target)) return mentionNode("channel", target.slice(1), directory);
  if (target.startsWith("!subteam^")) return mentionNode("usergroup", target.slice(9), directory);
  if (/^!(here|channel|everyone)$/.test(target)) return mentionNode("broadcast", target.slice(1), directory);
  if (target.startsWith("!date^")) return dateToken(target, label, directory);
  if (target.startsWith("!")) return el("span", {}, unescapeEntities(label || target.slice(1)));
  const url = safeUrl(unescapeEntities(target));
  if (!url) return null;
  const words = label ? appendInline(el("span"), label, directory) : url.replace(/^mailto:/, "");
  return linkNode(url, words);
}

function dateToken(target, label, directory) {
  const [, seconds, format, link] = target.split("^");
  const moment = Number(seconds);
  if (!Number.isFinite(moment) || Math.abs(moment) > 8.64e12 || !format) return el("span", {}, unescapeEntities(label));
  const node = dateNode(moment, unescapeEntities(format), directory);
  return link ? linkNode(unescapeEntities(link), node) : node;
}

function codeAt(text, i) {
  const match = /^`([^`\n]+)`/.exec(text.slice(i));
  return match ? { node: el("code", {}, plainTokens(match[1])), length: match[0].length } : null;
}

/** Inside code only links and mentions lose their brackets; everything else is literal. */
function plainTokens(text) {
  return unescapeEntities(
    text.replace(/<(?:https?:|mailto:)[^<>|]*\|([^<>]+)>/g, "$1").replace(/<((?:https?:|mailto:)[^<>]+)>/g, "$1"),
  );
}

function emojiAt(text, i) {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(i, i + 80));
  return match && emojiCharacter(match[1]) ? { node: emojiNode(match[1]), length: match[0].length } : null;
}

function bareUrlAt(text, i) {
  if (i > 0 && /[\w/<|]/.test(text[i - 1])) return null;
  const match = /^https?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?)'"*_~\]]/.exec(text.slice(i));
  return match
    ? { node: linkNode(unescapeEntities(match[0]), unescapeEntities(match[0])), length: match[0].length }
    : null;
}

function styleAt(text, i, directory) {
  const mark = text[i];
  if ((i > 0 && /[\p{L}\p{N}]/u.test(text[i - 1])) || !text[i + 1] || /\s/.test(text[i + 1]) || text[i + 1] === mark)
    return null;
  const close = closingMark(text, i + 1, mark);
  if (close < 0) return null;
  return { node: appendInline(el(STYLES[mark]), text.slice(i + 1, close), directory), length: close - i + 1 };
}

function closingMark(text, start, mark) {
  for (let i = start; i < text.length && text[i] !== "\n"; i += 1) {
    if (text[i] === "<" || text[i] === "`") {
      const skip = /^(<[^<>\n]+>|`[^`\n]+`)/.exec(text.slice(i));
      if (skip) i += skip[0].length - 1;
    } else if (text[i] === mark && i > start && !/\s/.test(text[i - 1]) && !/[\p{L}\p{N}]/u.test(text[i + 1] ?? "")) {
      return i;
    }
  }
  return -1;
}
