/** The newer composite blocks: alert, card, carousel, container, plan and task card. */
import { el } from "./dom.js";
import { renderElement } from "./elements.js";
import { imageNode } from "./files.js";
import { linkNode } from "./mrkdwn.js";
import { renderRichText } from "./richtext.js";
import { textNode } from "./texts.js";

const LEVELS = { info: "ℹ️ Info", warning: "⚠️ Warning", error: "⛔ Error", success: "✅ Success" };
const STATUSES = { pending: "○ Pending", in_progress: "◐ In progress", complete: "● Complete", error: "✕ Error" };

/** Renderers by block type: (block, surface, renderBlock) -> nodes. */
export const CARDS = {
  alert: renderAlert,
  card: renderCard,
  carousel: renderCarousel,
  container: renderContainer,
  task_card: renderTask,
  plan: renderPlan,
};

function renderAlert(block, surface) {
  const level = block.level ?? "default";
  const words = el("div", { class: "text" }, textNode(block.text, surface.directory()));
  return el(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    LEVELS[level] ? el("strong", {}, LEVELS[level]) : null,
    words,
  );
}

function renderCard(block, surface) {
  const directory = surface.directory();
  const line = (tag, text, className) => (text ? el(tag, { class: className }, textNode(text, directory)) : null);
  return el(
    "div",
    { class: "card-box" },
    block.hero_image ? imageNode(block.hero_image, surface, "block-picture") : null,
    el(
      "div",
      { class: "card-title" },
      block.icon ? imageNode(block.icon, surface, "context-image") : null,
      line("strong", block.title),
    ),
    line("small", block.subtitle),
    line("div", block.body, "text"),
    block.subtext ? line("small", block.subtext) : null,
    block.actions?.length
      ? el(
          "div",
          { class: "block-actions" },
          block.actions.map((element) => renderElement(element, { block, surface })),
        )
      : null,
  );
}

function renderCarousel(block, surface, renderBlock) {
  const cards = (block.elements ?? []).map((card) =>
    renderBlock({ ...card, block_id: card.block_id ?? block.block_id }, surface),
  );
  return el("div", { class: "carousel", role: "region", "aria-label": "Carousel", tabindex: "0" }, cards);
}

function renderContainer(block, surface, renderBlock) {
  const directory = surface.directory();
  const title = block.rich_text_title
    ? renderRichText(block.rich_text_title, directory)
    : el("strong", {}, textNode(block.title, directory));
  const head = [
    block.icon ? imageNode(block.icon, surface, "context-image") : null,
    title,
    block.subtitle ? el("small", {}, textNode(block.subtitle, directory)) : null,
  ];
  const children = (block.child_blocks ?? []).map((child) => renderBlock(child, surface));
  if (!block.is_collapsible)
    return el("div", { class: "card-box" }, el("div", { class: "card-title" }, head), children);
  return el("details", { class: "card-box", open: !block.default_collapsed }, el("summary", {}, head), children);
}

function renderTask(block, surface) {
  const directory = surface.directory();
  const rich = (part) => (part?.type === "rich_text" ? renderRichText(part, directory) : null);
  const sources = (block.sources ?? []).map((source) =>
    el("li", {}, linkNode(source.url ?? "", source.text ?? source.url ?? "")),
  );
  return el(
    "div",
    { class: `task-card task-${block.status ?? "pending"}` },
    el(
      "div",
      { class: "card-title" },
      el("strong", {}, block.title ?? ""),
      el("small", {}, STATUSES[block.status] ?? STATUSES.pending),
    ),
    rich(block.details),
    rich(block.output),
    sources.length ? el("ul", {}, sources) : null,
  );
}

function renderPlan(block, surface) {
  return el(
    "div",
    { class: "card-box" },
    el("strong", {}, block.title ?? ""),
    (block.tasks ?? []).map((task) => renderTask(task, surface)),
  );
}
