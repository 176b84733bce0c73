/** Block Kit blocks to DOM nodes: every block this page knows, a visible box for the rest. */
import { el } from "./dom.js";
import { renderElement, unsupported } from "./elements.js";
import { CHARTS } from "./charts.js";
import { CARDS } from "./cards.js";
import { imageNode, fileCard } from "./files.js";
import { renderInput } from "./inputs.js";
import { renderMarkdown } from "./markdown.js";
import { linkNode } from "./mrkdwn.js";
import { renderRichText } from "./richtext.js";
import { textNode, textString } from "./texts.js";

const RENDERERS = {
  header: (block, surface) => el("h3", { class: "block-title" }, textNode(block.text, surface.directory())),
  divider: () => el("hr"),
  section: renderSection,
  context: renderContext,
  actions: renderActions,
  context_actions: renderActions,
  image: renderImage,
  input: renderInput,
  markdown: (block, surface) => renderMarkdown(block.text ?? "", surface.directory()),
  rich_text: (block, surface) => renderRichText(block, surface.directory()),
  table: renderTable,
  data_table: renderTable,
  video: renderVideo,
  file: renderFile,
  call: (block) => el("div", { class: "card-box" }, `Call ${block.call_id ?? ""}`),
  ...CARDS,
  ...CHARTS,
};

/** All blocks of a message or view in one node. */
export function renderBlocks(blocks, surface) {
  return el(
    "div",
    { class: "blocks" },
    (blocks ?? []).map((block) => renderBlock(block, surface)),
  );
}

/** One block in its wrapper. */
export function renderBlock(block, surface) {
  const render = RENDERERS[block.type];
  const inner = render ? render(block, surface, renderBlock) : unsupported(block.type, "block");
  return el(
    "div",
    { class: `block block-${render ? block.type : "unknown"}`, "data-block-id": block.block_id ?? "" },
    inner,
  );
}

function renderSection(block, surface) {
  const directory = surface.directory();
  const words = el("div", { class: "section-words" });
  if (block.text) words.append(foldable(el("div", { class: "text" }, textNode(block.text, directory)), block));
  if (block.fields)
    words.append(
      el(
        "div",
        { class: "section-fields" },
        block.fields.map((field) => el("div", { class: "text" }, textNode(field, directory))),
      ),
    );
  if (!block.accessory) return words;
  const accessory =
    block.accessory.type === "image"
      ? imageNode(block.accessory, surface, "accessory-image")
      : accessoryNode(block, surface);
  const wide = ["radio_buttons", "checkboxes"].includes(block.accessory.type);
  return [words, el("div", { class: wide ? "accessory accessory-wide" : "accessory" }, accessory)];
}

/** An accessory is labelled by the section's first words, unless it says something itself. */
function accessoryNode(block, surface) {
  const label = textString(block.text ?? block.fields?.[0], surface.directory()).slice(0, 80);
  return renderElement(block.accessory, { block, surface, label: label || undefined });
}

const LONG = 1800;

function foldable(node, block) {
  if (block.expand || node.textContent.length < LONG) return node;
  node.classList.add("folded");
  const more = el("button", { type: "button", class: "link-button" }, "See more");
  more.addEventListener("click", () => {
    more.textContent = node.classList.toggle("folded") ? "See more" : "See less";
  });
  return el("div", {}, node, more);
}

function renderContext(block, surface) {
  return (block.elements ?? []).map((item) =>
    item.type === "image"
      ? imageNode(item, surface, "context-image")
      : el("span", { class: "text" }, textNode(item, surface.directory())),
  );
}

function renderActions(block, surface) {
  return (block.elements ?? []).map((element) => renderElement(element, { block, surface }));
}

function renderImage(block, surface) {
  const title = block.title ? el("figcaption", {}, textNode(block.title, surface.directory())) : null;
  return el("figure", {}, title, imageNode(block, surface, "block-picture"));
}

function renderTable(block, surface) {
  const settings = block.column_settings ?? [];
  const rows = block.rows ?? [];
  const cell = (tag, value, column) => {
    const side = settings[column]?.align;
    const classes = [side && side !== "left" ? `align-${side}` : "", settings[column]?.is_wrapped ? "wrapped" : ""]
      .join(" ")
      .trim();
    return el(tag, { class: classes || null, scope: tag === "th" ? "col" : null }, cellNode(value, surface));
  };
  const row = (tag, values) =>
    el(
      "tr",
      {},
      values.map((value, column) => cell(tag, value, column)),
    );
  const caption = block.caption ? el("caption", {}, textNode(block.caption, surface.directory())) : null;
  const table = el(
    "table",
    {},
    caption,
    el(
      "thead",
      {},
      rows.slice(0, 1).map((values) => row("th", values)),
    ),
    el(
      "tbody",
      {},
      rows.slice(1).map((values) => row("td", values)),
    ),
  );
  return el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, table);
}

function cellNode(value, surface) {
  if (value?.type === "rich_text") return renderRichText(value, surface.directory());
  if (value?.type === "raw_number")
    return document.createTextNode(String(value.text ?? value.number ?? value.value ?? ""));
  return document.createTextNode(value?.text ?? "");
}

/** The player would come from elsewhere; a linked still picture is enough here. */
function renderVideo(block, surface) {
  const title = el("strong", {}, textNode(block.title, surface.directory()));
  const still = imageNode({ image_url: block.thumbnail_url, alt_text: block.alt_text }, surface, "block-picture");
  const words = block.description ? el("p", {}, textNode(block.description, surface.directory())) : null;
  const url = block.title_url ?? block.video_url ?? "";
  return el(
    "div",
    { class: "card-box" },
    linkNode(url, title),
    block.author_name ? el("small", {}, block.author_name) : null,
    words,
    linkNode(block.video_url ?? url, still),
  );
}

function renderFile(block, surface) {
  const file = surface.files.find((one) => one.id === block.file_id || one.external_id === block.external_id);
  return file ? fileCard(file) : el("div", { class: "card-box" }, `Remote file ${block.external_id ?? ""}`);
}
