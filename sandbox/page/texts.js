/** Text objects of Block Kit: plain_text and mrkdwn. */
import { emojiString, withEmoji } from "./emoji.js";
import { renderMrkdwn } from "./mrkdwn.js";

/** A text object (or a bare string) as nodes. */
export function textNode(text, directory) {
  if (!text) return document.createTextNode("");
  if (typeof text === "string") return withEmoji(text);
  if (text.type === "mrkdwn") return renderMrkdwn(text.text ?? "", directory);
  return text.emoji === false ? document.createTextNode(text.text ?? "") : withEmoji(text.text ?? "");
}

/** A text object as a plain string, for accessible names and placeholders. */
export function textString(text, directory) {
  if (!text) return "";
  if (typeof text === "string") return emojiString(text);
  if (text.type === "mrkdwn") return renderMrkdwn(text.text ?? "", directory).textContent;
  return emojiString(text.text ?? "");
}
