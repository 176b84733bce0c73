/** The data_visualization block: line, bar, area and pie, drawn as SVG, with the values in a table beside it. */
import { el } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 560;
const HEIGHT = 220;
const ROOM = { left: 46, right: 12, top: 12, bottom: 34 };
const COLOURS = 6;
const STEPS = 4;

/** Renderers by block type. */
export const CHARTS = { data_visualization: renderChart };

function renderChart(block) {
  const chart = block.chart ?? {};
  const pie = chart.type === "pie";
  const series = pie ? (chart.segments ?? []) : (chart.series ?? []);
  const picture = pie ? drawPie(series) : drawPlot(chart.type, series, chart.axis_config ?? {});
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${block.title}, ${chart.type} chart`);
  const legend = el(
    "ul",
    { class: "chart-legend" },
    series.map((one, index) =>
      el("li", {}, el("span", { class: `chart-key series-${index % COLOURS}` }), pie ? one.label : one.name),
    ),
  );
  const axis = [chart.axis_config?.y_label, chart.axis_config?.x_label].filter(Boolean).join(" by ");
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, el("strong", {}, block.title), axis ? el("small", {}, axis) : null),
    picture,
    legend,
    el("details", {}, el("summary", {}, "Values"), valuesTable(pie ? [{ name: "", data: series }] : series)),
  );
}

function valuesTable(series) {
  const labels = series[0]?.data.map((point) => point.label) ?? [];
  const head = el(
    "tr",
    {},
    ["", ...series.map((one) => one.name)].map((name) => el("th", { scope: "col" }, name)),
  );
  const rows = labels.map((label, index) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      series.map((one) => el("td", {}, String(one.data[index]?.value ?? ""))),
    ),
  );
  return el("div", { class: "table-scroll" }, el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
}

function node(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

function canvas() {
  return node("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-picture" });
}

function drawPlot(kind, series, axis) {
  const svg = canvas();
  const labels = axis.categories ?? [];
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1);
  const inner = { width: WIDTH - ROOM.left - ROOM.right, height: HEIGHT - ROOM.top - ROOM.bottom };
  const y = (value) => ROOM.top + inner.height * (1 - (value - low) / (high - low));
  const slot = inner.width / Math.max(1, labels.length);
  const x = (index) => ROOM.left + slot * (index + 0.5);
  for (let step = 0; step <= STEPS; step += 1) {
    const value = low + ((high - low) * step) / STEPS;
    svg.append(
      node("line", { x1: ROOM.left, x2: WIDTH - ROOM.right, y1: y(value), y2: y(value), class: "chart-grid" }),
      node("text", { x: ROOM.left - 6, y: y(value) + 4, class: "chart-mark", "text-anchor": "end" }, short(value)),
    );
  }
  const every = Math.ceil(labels.length / 8);
  labels.forEach((label, index) => {
    if (index % every) return;
    svg.append(node("text", { x: x(index), y: HEIGHT - 12, class: "chart-mark", "text-anchor": "middle" }, label));
  });
  series.forEach((one, index) => svg.append(...shapeOf(kind, one, index, { x, y, slot, low, count: series.length })));
  return svg;
}

function shapeOf(kind, one, index, { x, y, slot, low, count }) {
  const colour = `series-${index % COLOURS}`;
  if (kind === "bar") {
    const width = (slot * 0.7) / count;
    return one.data.map((point, at) => {
      const top = y(Math.max(0, point.value));
      const height = Math.abs(y(point.value) - y(0));
      return node("rect", { x: x(at) - slot * 0.35 + width * index, y: top, width, height, class: `chart-bar ${colour}` });
    });
  }
  const path = one.data.map((point, at) => `${at ? "L" : "M"}${x(at)} ${y(point.value)}`).join("");
  const line = node("path", { d: path, class: `chart-line ${colour}` });
  if (kind !== "area") return [line];
  const floor = y(Math.max(0, low));
  const area = `${path}L${x(one.data.length - 1)} ${floor}L${x(0)} ${floor}Z`;
  return [node("path", { d: area, class: `chart-area ${colour}` }), line];
}

function drawPie(segments) {
  const svg = canvas();
  const total = segments.reduce((sum, one) => sum + Math.max(0, one.value), 0) || 1;
  const [cx, cy, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 10];
  let from = -Math.PI / 2;
  segments.forEach((one, index) => {
    const share = Math.max(0, one.value) / total;
    const colour = `chart-bar series-${index % COLOURS}`;
    if (share > 0.9999) svg.append(node("circle", { cx, cy, r: radius, class: colour }));
    else if (share) {
      const to = from + share * 2 * Math.PI;
      const at = (angle) => `${cx + radius * Math.cos(angle)} ${cy + radius * Math.sin(angle)}`;
      const wide = share > 0.5 ? 1 : 0;
      const path = `M${cx} ${cy}L${at(from)}A${radius} ${radius} 0 ${wide} 1 ${at(to)}Z`;
      svg.append(node("path", { d: path, class: colour }));
      from = to;
    }
  });
  return svg;
}

function short(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
