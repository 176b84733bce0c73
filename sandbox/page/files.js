/** Files and pictures: cards with preview and download, and images that fail visibly. */
import { el, icon } from "./dom.js";
import { emojiString } from "./emoji.js";
import { renderMarkdown } from "./markdown.js";
import { linkNode, safeUrl } from "./mrkdwn.js";
import { workspace } from "./workspace.js";

const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;
const TEXT = /\.(md|txt|log|csv|json|ya?ml|html?|py|sh)$/i;
const PREVIEW_BYTES = 200_000;
/** Ids of the files whose preview stands open: their message may be drawn anew at any moment. */
const previewed = new Set();

/** An image element or block; the alternative text takes its place when it does not load. */
export function imageNode(image, surface, className) {
  const stored =
    image.slack_file &&
    surface.files.find((file) => file.id === image.slack_file.id || file.url_private === image.slack_file.url);
  const url =
    image.image_url ??
    stored?.url_private ??
    image.slack_file?.url ??
    (image.slack_file?.id ? `/files-pri/${image.slack_file.id}/image` : "");
  const alt = emojiString(image.alt_text ?? "");
  const node = el("img", {
    class: className,
    src: sameOrigin(safeUrl(url) ?? (url.startsWith("/files-pri/") ? url : "")),
    alt,
    loading: "lazy",
    referrerpolicy: "no-referrer",
  });
  node.addEventListener("error", () =>
    node.replaceWith(el("span", { class: "image-missing", role: "img", "aria-label": alt }, `🖼 ${alt || "image"}`)),
  );
  return node;
}

/** Addresses of this very server become relative, so that they work under any of its names. */
function sameOrigin(url) {
  const match = /^https?:\/\/[^/]+(\/files-pri\/.*)$/.exec(url);
  return match ? match[1] : url;
}

/** A file in a message: its name, size, a download link and a preview of pictures and text. */
export function fileCard(file) {
  const url = sameOrigin(file.url_private ?? "");
  const name = file.title || file.name;
  const words = el(
    "span",
    { class: "menu-words" },
    el("strong", {}, name),
    el("small", {}, `${file.name} · ${sizeText(file.size ?? 0)}`),
  );
  const download = el(
    "a",
    {
      class: "button small",
      href: sameOrigin(file.url_private_download ?? url),
      download: file.name,
      "aria-label": `Download ${file.name}`,
    },
    "Download",
  );
  const head = el("div", { class: "file-head" }, icon("file"), words, download);
  if (PICTURE.test(file.name)) {
    const picture = el("img", { class: "block-picture", src: url, alt: name, loading: "lazy" });
    return el("div", { class: "file-card" }, head, el("a", { href: url, target: "_blank", rel: "noopener" }, picture));
  }
  if (!TEXT.test(file.name) || (file.size ?? 0) > PREVIEW_BYTES) return el("div", { class: "file-card" }, head);
  return el("div", { class: "file-card" }, head, textPreview(file, url));
}

function textPreview(file, url) {
  const body = el("div", { class: "file-preview" });
  const turn = () => (details.open ? previewed.delete(file.id) : previewed.add(file.id)); // before the default action
  const summary = el("summary", { onclick: turn }, "Preview");
  const details = el("details", { open: previewed.has(file.id) }, summary, body);
  details.addEventListener("toggle", async () => {
    if (!details.open || body.hasChildNodes()) return;
    const response = await fetch(url);
    const text = response.ok ? await response.text() : "The file could not be read.";
    body.replaceChildren(/\.md$/i.test(file.name) ? renderMarkdown(text, workspace.directory()) : el("pre", {}, text));
  });
  return details;
}

function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Legacy attachments, as far as anybody still sends them: colour bar, texts, fields, their own blocks. */
export function attachmentNode(attachment, render, renderText) {
  const link = attachment.title_link
    ? linkNode(attachment.title_link, attachment.title ?? "")
    : (attachment.title ?? null);
  const fields = (attachment.fields ?? []).map((field) =>
    el("div", {}, el("strong", {}, field.title ?? ""), el("div", {}, renderText(field.value ?? ""))),
  );
  const node = el(
    "div",
    { class: "attachment" },
    attachment.pretext ? el("div", { class: "text" }, renderText(attachment.pretext)) : null,
    link ? el("strong", {}, link) : null,
    attachment.text ? el("div", { class: "text" }, renderText(attachment.text)) : null,
    fields.length ? el("div", { class: "section-fields" }, fields) : null,
    attachment.blocks ? render(attachment.blocks) : null,
    attachment.footer ? el("small", {}, attachment.footer) : null,
  );
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? ""))
    node.style.borderLeftColor = `#${attachment.color.replace("#", "")}`;
  return node;
}
