/** The sandbox's control API as this page uses it: one function a door, plus the live stream. */

/** What the sandbox answered when it was not "ok". */
export class Refused extends Error {
  constructor(code, answer = {}) {
    super(code);
    this.code = code;
    this.answer = answer;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("unreachable");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) throw new Refused(answer.error ?? `http_${response.status}`, answer);
  return answer;
}

const get = (door, query = {}) => {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined)).toString();
  return request(`/_sandbox/${door}${text ? `?${text}` : ""}`);
};

const post = (door, body) =>
  request(`/_sandbox/${door}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

export const api = {
  state: () => get("state"),
  messages: (channel, user) => get(`messages/${encodeURIComponent(channel)}`, { user }),
  commands: () => get("commands"),
  calls: (since) => get("calls", { since }),
  unread: (user) => get("unread", { user }),
  clock: () => get("clock"),
  command: (body) => post("command", body),
  message: (body) => post("message", body),
  click: (body) => post("click", body),
  submit: (body) => post("submit", body),
  closeView: (body) => post("close_view", body),
  options: (body) => post("options", body),
  shortcut: (body) => post("shortcut", body),
  reaction: (body) => post("reaction", body),
  edit: (body) => post("edit", body),
  remove: (body) => post("delete", body),
  rename: (body) => post("rename", body),
  leave: (body) => post("leave", body),
  archive: (body) => post("archive", body),
  unarchive: (body) => post("unarchive", body),
  outbox: (since) => get("outbox", { since }),
  home: (body) => post("home", body),
  dm: (body) => post("dm", body),
  read: (body) => post("read", body),
  join: (user, channel) => post("company", { join: { user, channel } }),
  addFault: (body) => post("faults", body),
  clearFaults: () => request("/_sandbox/faults", { method: "DELETE" }),
  setClock: (body) => post("clock", body),
};

/**
 * Follow the live stream for a user until close() is called. EventSource reconnects by itself; after a
 * loss onopen is called again, so that whoever listens can fetch everything anew.
 */
export function follow(user, { onevent, onopen, onlost }) {
  const source = new EventSource(`/_sandbox/stream?user=${encodeURIComponent(user)}`);
  let retry = null;
  let stopped = false;
  let next = null;
  source.onopen = onopen;
  source.onmessage = (event) => onevent(JSON.parse(event.data));
  source.onerror = () => {
    onlost();
    if (source.readyState !== EventSource.CLOSED || stopped) return;
    retry = setTimeout(() => {
      next = follow(user, { onevent, onopen, onlost });
    }, 1000);
  };
  return {
    close() {
      stopped = true;
      clearTimeout(retry);
      source.close();
      next?.close();
    },
  };
}
