/** The page's picture of the workspace: the last fetched state, who is looking, and how ids read. */
import { api } from "./api.js";
import { released } from "./dom.js";

const VIEWER_KEY = "sandbox.viewer";

/** Fires "state" after a reload, "viewer" after a switch of person, "unread" and "waiting" after new counts. */
class Workspace extends EventTarget {
  constructor() {
    super();
    this.state = { users: [], channels: [], usergroups: [], canvases: [], views: {}, homes: {}, team: {} };
    this.commands = [];
    this.shortcuts = [];
    this.viewerId = localStorage.getItem(VIEWER_KEY);
    this.unread = {};
    this.waiting = {};
    this.clock = { now: Date.now() / 1000, speed: 1, at: performance.now() };
  }

  /** Fetch the state; the viewer falls back to the first person who can act. */
  async load() {
    const state = await api.state();
    await released();
    this.state = state;
    this.setClock(this.state.now, this.state.speed);
    if (!this.people().some((user) => user.id === this.viewerId)) this.viewerId = this.people()[0]?.id;
    this.dispatchEvent(new Event("state"));
  }

  async loadUnread() {
    const answer = await api.unread(this.viewerId);
    await released();
    this.unread = answer.channels;
    this.dispatchEvent(new Event("unread"));
  }

  /** How many messages are meant for each of the others: whoever was paged shows up in the switcher. */
  async loadWaiting() {
    const others = this.people().filter((user) => user.id !== this.viewerId);
    const answers = await Promise.all(others.map((user) => api.unread(user.id)));
    await released();
    const meant = (channels) => Object.values(channels).reduce((sum, { mentions }) => sum + mentions, 0);
    this.waiting = Object.fromEntries(others.map((user, index) => [user.id, meant(answers[index].channels)]));
    this.dispatchEvent(new Event("waiting"));
  }

  setClock(now, speed) {
    this.clock = { now: now, speed: speed ?? 1, at: performance.now() };
  }

  /** The sandbox's time, in epoch seconds. */
  now() {
    return this.clock.now + ((performance.now() - this.clock.at) / 1000) * this.clock.speed;
  }

  become(id) {
    this.viewerId = id;
    localStorage.setItem(VIEWER_KEY, id);
    this.dispatchEvent(new Event("viewer"));
  }

  /** Everybody one can act as: people, not apps, not the deactivated. */
  people() {
    return this.state.users.filter((user) => !user.is_bot && !user.deleted);
  }

  /** The app's commands and shortcuts are for people of this workspace. */
  offered(things) {
    return isExternal(this.viewer()) ? [] : things;
  }

  bot() {
    return this.state.users.find((user) => user.is_bot);
  }

  viewer() {
    return this.user(this.viewerId);
  }

  user(id) {
    return this.state.users.find((user) => user.id === id);
  }

  channel(id) {
    return this.state.channels.find((channel) => channel.id === id);
  }

  /** Channels with a name, those the viewer is in first, archived ones last. */
  namedChannels() {
    return this.state.channels
      .filter((channel) => !isDirect(channel) && this.maySee(channel))
      .sort((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name));
  }

  directs() {
    return this.state.channels.filter((channel) => isDirect(channel) && this.isMember(channel));
  }

  isMember(channel) {
    return channel.members.includes(this.viewerId);
  }

  /** Private and direct conversations show to members only; guests see nothing but what they are in. */
  maySee(channel) {
    const closed = channel.private || isDirect(channel) || isGuest(this.viewer()) || isExternal(this.viewer());
    return !closed || this.isMember(channel);
  }

  /** The other people of a direct conversation. */
  others(channel) {
    return channel.members
      .filter((id) => id !== this.viewerId)
      .map((id) => this.user(id))
      .filter(Boolean);
  }

  /** "#general", or the other person's name for a DM. */
  title(channel) {
    if (!isDirect(channel)) return `#${channel.name}`;
    return this.others(channel).map(personName).join(", ") || `${personName(this.viewer())} (you)`;
  }

  /** What the text renderers need to know about this workspace. */
  directory() {
    return {
      viewerId: this.viewerId,
      zone: zoneOf(this.viewer()),
      now: () => this.now(),
      userName: (id) => this.user(id)?.name ?? id,
      channelName: (id) => this.channel(id)?.name ?? "private-channel",
      groupName: (id) => this.state.usergroups.find((group) => group.id === id)?.handle ?? id,
    };
  }
}

/** Whether a conversation has people instead of a name. */
export function isDirect(channel) {
  return channel.kind === "im" || channel.kind === "mpim";
}

/** Whether a person is a guest. */
export function isGuest(user) {
  return Boolean(user?.is_restricted || user?.is_ultra_restricted);
}

/** Whether a person belongs to a connected workspace, not to this one. */
export function isExternal(user) {
  return Boolean(user) && user.team_id !== workspace.state.team?.id;
}

/** The name a person goes by. */
export function personName(user) {
  return user?.real_name || user?.name || "Unknown";
}

/** A person's job title, or "". */
export function personTitle(user) {
  return user?.title ?? "";
}

/** A person's IANA zone. */
export function zoneOf(user) {
  return user?.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export const workspace = new Workspace();
