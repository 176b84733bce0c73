/** Ties the page together: what is open (the address), what changed (the stream), what is drawn. */
import { api, follow, Refused } from "./api.js";
import { ChannelView } from "./channelview.js";
import { ClockWidget } from "./clock.js";
import { coalesce, icon } from "./dom.js";
import { HomeView } from "./homeview.js";
import { syncModal } from "./modal.js";
import { Outbox } from "./outbox.js";
import { Pane } from "./pane.js";
import { closePopover } from "./popover.js";
import { drawSidebar, openDirect, wireSidebar } from "./sidebar.js";
import { toastSilence } from "./toast.js";
import { drawViewer, wireMenu, wireTheme } from "./topbar.js";
import { Traffic } from "./traffic.js";
import { workspace } from "./workspace.js";

const byId = (id) => document.getElementById(id);
const pane = new Pane(byId("pane"));
const traffic = new Traffic(byId("traffic"), byId("traffic-button"));
const outbox = new Outbox(byId("outbox"), byId("outbox-button"));
let clock = null;
let view = null;
let place = { kind: "none" };
let stream = null;

/** "#/channel/C1/thread/TS" and kin as {kind, channel, pane, id}. */
function parseAddress() {
  const [, kind, id, what, extra] = location.hash.split("/");
  if (kind === "home") return { kind };
  if (kind === "dm") return { kind, user: id };
  const asked = kind === "channel" ? workspace.channel(id) : null;
  if (asked && workspace.maySee(asked)) return { kind, channel: id, pane: what, id: extra };
  const first =
    workspace.namedChannels().find((channel) => channel.name === "incidents" && workspace.isMember(channel)) ??
    workspace.namedChannels()[0];
  return first ? { kind: "channel", channel: first.id } : { kind: "none" };
}

async function navigate() {
  closePopover();
  const next = parseAddress();
  if (next.kind === "dm") {
    const asked = location.hash;
    const channel = await openDirect(next.user);
    if (location.hash === asked) location.replace(channel ? `#/channel/${channel}` : "#/"); // else: gone on meanwhile
    return;
  }
  const moved = next.kind !== place.kind || next.channel !== place.channel;
  place = next;
  if (moved || !view) openView();
  const inPane = ["thread", "pins", "members", "canvas"].includes(place.pane);
  pane.open(place.kind === "channel" && inPane ? { kind: place.pane, channel: place.channel, id: place.id } : null);
  drawSidebar(byId("sidebar"), place);
  await refresh();
  if (place.pane === "message") view.list.reveal(place.id);
}

function openView() {
  const main = byId("main");
  if (place.kind === "home" && workspace.bot()) {
    view = new HomeView(main);
    view.opened();
  } else if (place.kind === "channel") view = new ChannelView(main, place.channel);
  else view = null;
  main.classList.toggle("is-home", place.kind === "home");
}

/** Fetch and draw what is open. */
async function refresh() {
  const current = view;
  if (current instanceof HomeView) current.draw();
  if (current instanceof ChannelView) {
    await current.refresh();
    if (view === current) pane.refresh(current.messages);
    await markRead(current);
  } else await workspace.loadUnread();
}

async function markRead(current) {
  const last = current.messages.at(-1);
  if (last && document.visibilityState === "visible" && current.readTo !== last.ts) {
    current.readTo = last.ts;
    await api.read({ user: workspace.viewerId, channel: current.id, ts: last.ts });
  }
  await workspace.loadUnread();
}

/** Everything anew; a failure is shown and the next event tries again. */
async function reload() {
  try {
    await workspace.load();
    await refresh();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showConnection(false);
  }
}

const soonReload = coalesce(reload);
const soonRefresh = coalesce(() => refresh().catch(onRefused));
const soonWaiting = coalesce(() => workspace.loadWaiting().catch(onRefused), 300);
const soonOutbox = coalesce(() => outbox.refresh().catch(onRefused), 150);
const soonCalls = coalesce(() => traffic.refresh().catch(onRefused), 150);

function onRefused(error) {
  if (!(error instanceof Refused)) throw error;
}

const REACTIONS = {
  message: soonRefresh,
  ephemeral: soonRefresh,
  channel: soonReload,
  view: soonReload,
  home: soonReload,
  presence: soonReload,
  clock: () => clock.refresh().catch(onRefused),
  call: (event) => {
    soonCalls();
    if (event.text === "chat.postMessage") soonWaiting();
  },
  outbox: soonOutbox,
  toast: (event) => toastSilence(event.text ?? "The app did not answer in 3 seconds."),
};

function startStream() {
  stream?.close();
  stream = follow(workspace.viewerId, {
    onevent: (event) => REACTIONS[event.kind]?.(event),
    onopen: () => {
      if (!byId("offline").hidden) {
        traffic.forget();
        outbox.forget();
      }
      showConnection(true);
      soonReload();
      soonCalls();
      soonOutbox();
      soonWaiting();
    },
    onlost: () => showConnection(false),
  });
}

function showConnection(live) {
  byId("offline").hidden = live;
}

/** Links to messages of this workspace stay in the page. */
function onLink(event) {
  const link = event.target.closest?.("a[href]");
  const match = link && /\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?thread_ts=([\d.]+))?/.exec(link.href);
  const named = match ?? (link && /slack\.com\/app_redirect\?(?:.*&)?channel=([A-Z0-9]+)/.exec(link.href));
  if (!named || !workspace.channel(named[1])) return;
  event.preventDefault();
  const [, channel, seconds, micros, thread] = named;
  if (thread) location.hash = `#/channel/${channel}/thread/${thread}`;
  else location.hash = seconds ? `#/channel/${channel}/message/${seconds}.${micros}` : `#/channel/${channel}`;
}

/** After a step to another place the keyboard is ready to write there. */
async function onAddress() {
  const before = view;
  await navigate().catch(onRefused);
  if (view !== before && view instanceof ChannelView && place.pane !== "message") view.composer.focus();
}

function drawFrame() {
  drawSidebar(byId("sidebar"), place);
  drawViewer(byId("viewer"));
  const total = Object.keys(workspace.unread).length && document.querySelectorAll("#sidebar .badge").length;
  document.title = `${total ? `(${total}) ` : ""}${workspace.state.team?.name ?? "Sandbox"} · Sandbox`;
}

async function start() {
  byId("menu-button").append(icon("menu"));
  byId("traffic-button").prepend(icon("traffic"));
  byId("outbox-button").prepend(icon("inbox"));
  wireTheme(byId("theme"));
  wireMenu(byId("menu-button"));
  wireSidebar(byId("sidebar"));
  await workspace.load();
  const known = await api.commands();
  workspace.commands = known.commands;
  workspace.shortcuts = known.shortcuts;
  clock = new ClockWidget(byId("clock"));
  workspace.addEventListener("state", () => {
    drawFrame();
    syncModal();
  });
  workspace.addEventListener("unread", drawFrame);
  workspace.addEventListener("waiting", () => drawViewer(byId("viewer")));
  workspace.addEventListener("changed", soonReload);
  workspace.addEventListener("viewer", () => {
    const bot = workspace.bot();
    const withApp =
      bot &&
      workspace.channel(place.channel)?.kind === "im" &&
      workspace.channel(place.channel).members.includes(bot.id);
    view = null;
    place = { kind: "none" };
    if (withApp) history.replaceState(null, "", `#/dm/${bot.id}`);
    drawFrame();
    syncModal();
    startStream();
    navigate().catch(onRefused);
  });
  window.addEventListener("hashchange", onAddress);
  document.addEventListener("click", onLink);
  document.addEventListener("visibilitychange", soonRefresh);
  drawFrame();
  syncModal();
  await navigate();
  startStream();
  document.body.dataset.ready = "true";
}

start();
