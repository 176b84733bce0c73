/** The list of places: the app's Home, channels and direct messages, with unread marks. */
import { api } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { attempt } from "./attempt.js";
import { avatar, marks } from "./person.js";
import { personName, workspace } from "./workspace.js";

let pressed = false;
let owed = null;

/** A row that is replaced between press and release would swallow the click: what came meanwhile is drawn after it. */
export function wireSidebar(nav) {
  nav.addEventListener("pointerdown", () => {
    pressed = true;
  });
  for (const end of ["pointerup", "pointercancel"])
    window.addEventListener(end, () => {
      pressed = false;
      if (owed) setTimeout(() => owed && drawSidebar(nav, owed), 0);
    });
}

/** Draw the sidebar; `place` is what is open now ({kind, channel}). */
export function drawSidebar(nav, place) {
  owed = pressed ? place : null;
  if (pressed) return;
  const focused = document.activeElement?.closest?.("#sidebar a")?.getAttribute("href");
  const channels = workspace.namedChannels();
  const joined = channels.filter((channel) => workspace.isMember(channel) && !channel.archived);
  const others = channels.filter((channel) => !workspace.isMember(channel) && !channel.archived);
  const archived = channels.filter((channel) => channel.archived);
  fill(
    nav,
    teamHead(),
    section("Apps", appRows(place)),
    section(
      "Channels",
      joined.map((channel) => channelRow(channel, place)),
    ),
    others.length
      ? section(
          "Other channels",
          others.map((channel) => channelRow(channel, place)),
        )
      : null,
    section("Direct messages", peopleRows(place)),
    archived.length
      ? section(
          "Archived",
          archived.map((channel) => channelRow(channel, place)),
        )
      : null,
  );
  if (focused) nav.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function teamHead() {
  const count = workspace.state.connections;
  const status = count ? "App connected" : "No app connected";
  return el(
    "div",
    { class: "team" },
    el("strong", {}, workspace.state.team?.name ?? "Workspace"),
    el("span", { class: count ? "connection on" : "connection", "data-testid": "app-connection" }, status),
  );
}

function section(title, rows) {
  const id = `section-${title.toLowerCase().replaceAll(" ", "-")}`;
  return el(
    "section",
    { class: "sidebar-section", "aria-labelledby": id },
    el("h2", { id }, title),
    el(
      "ul",
      {},
      rows.map((row) => el("li", {}, row)),
    ),
  );
}

function row(href, current, unread, label, ...children) {
  const badge = unread ? el("span", { class: "badge", "aria-hidden": "true" }, String(unread)) : null;
  const name = unread ? `${label}, ${unread} unread` : label;
  return el(
    "a",
    {
      class: unread ? "place unread" : "place",
      href,
      "aria-current": current ? "page" : null,
      "aria-label": name,
      title: label,
    },
    children,
    badge,
  );
}

function unreadOf(channel) {
  return workspace.unread[channel?.id]?.count ?? 0;
}

function appRows(place) {
  const bot = workspace.bot();
  if (!bot) return [];
  const direct = workspace.directs().find((channel) => channel.members.includes(bot.id));
  const here = place.kind === "home" || (direct && place.channel === direct.id);
  return [
    row(
      "#/home",
      here,
      unreadOf(direct),
      `${personName(bot)}, app`,
      avatar(bot, "small"),
      el("span", { class: "place-name" }, personName(bot)),
    ),
  ];
}

/** What a name with a day in it begins with, and what tells it apart from others of that day. */
function nameParts(name) {
  const [, stamp, told] = /^(.*?\d{8}-)(.+)$/.exec(name) ?? [];
  if (!stamp) return [name];
  return [el("span", { class: "stamp" }, stamp), el("span", { class: "told" }, told)];
}

function channelRow(channel, place) {
  const sign = channel.private ? icon("lock") : el("span", { class: "hash", "aria-hidden": "true" }, "#");
  const node = row(
    `#/channel/${channel.id}`,
    place.channel === channel.id,
    unreadOf(channel),
    `#${channel.name}`,
    sign,
    el("span", { class: "place-name" }, nameParts(channel.name)),
  );
  node.dataset.testid = `channel-${channel.name}`;
  return node;
}

/** Everybody else in the company; the conversation is opened when it is first asked for. */
function peopleRows(place) {
  const rows = [];
  for (const user of workspace.state.users.filter((one) => !one.is_bot && one.id !== workspace.viewerId)) {
    const channel = workspace
      .directs()
      .find((direct) => direct.members.length === 2 && direct.members.includes(user.id));
    if (user.deleted && !channel) continue;
    const name = el("span", { class: user.deleted ? "place-name deactivated" : "place-name" }, personName(user));
    const node = row(
      channel ? `#/channel/${channel.id}` : `#/dm/${user.id}`,
      channel && place.channel === channel.id,
      unreadOf(channel),
      personName(user),
      avatar(user, "small"),
      name,
      marks(user),
    );
    rows.push(node);
  }
  const groups = workspace.directs().filter((direct) => direct.members.length > 2);
  for (const channel of groups)
    rows.push(
      row(
        `#/channel/${channel.id}`,
        place.channel === channel.id,
        unreadOf(channel),
        workspace.title(channel),
        icon("people"),
        el("span", { class: "place-name" }, workspace.title(channel)),
      ),
    );
  return rows;
}

/** Open the conversation with somebody; resolves to its channel id, or null when that was refused. */
export async function openDirect(userId) {
  const answer = await attempt("Opening the conversation", () => api.dm({ user: workspace.viewerId, with: userId }));
  const channel = answer?.channel ?? null;
  if (channel) await workspace.load();
  return channel;
}
