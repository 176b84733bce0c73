/** Where blocks live (a message, a modal, the home tab): what people typed there and how a click is sent. */
import { api, Refused } from "./api.js";
import { toastRefusal } from "./toast.js";
import { workspace } from "./workspace.js";

/** The API's form of what an element starts with: a string, a number, a list of strings or null. */
export function initialValue(element) {
  const options = (list) => list?.map((option) => option.value);
  return (
    element.initial_value ??
    element.initial_option?.value ??
    options(element.initial_options) ??
    element.initial_date ??
    element.initial_time ??
    element.initial_date_time ??
    element.initial_user ??
    element.initial_users ??
    element.initial_channel ??
    element.initial_channels ??
    element.initial_conversation ??
    element.initial_conversations ??
    null
  );
}

/** One place with blocks. `address` is {channel, ts} or {view_id}. */
export class Surface {
  constructor(kind, address) {
    this.kind = kind;
    this.address = address;
    this.files = [];
    this.entered = new Map();
  }

  directory() {
    return workspace.directory();
  }

  value(block, element) {
    const key = keyOf(block, element);
    return this.entered.has(key) ? this.entered.get(key).value : initialValue(element);
  }

  enter(block, element, value) {
    this.entered.set(keyOf(block, element), { block: block.block_id, action: element.action_id, value });
  }

  /** {block_id: {action_id: value}} of everything that was touched and is still shown. */
  values(blocks) {
    const shown = new Set((blocks ?? []).map((block) => block.block_id));
    const values = {};
    for (const { block, action, value } of this.entered.values()) {
      if (blocks && !shown.has(block)) continue;
      (values[block] ??= {})[action] = value;
    }
    return values;
  }

  /** Send a block_actions payload; true when the app took it. */
  async dispatch(block, element, value, what) {
    const body = { user: workspace.viewerId, ...this.address, action_id: element.action_id, block_id: block.block_id };
    if (value !== undefined) body.value = value;
    const values = this.values();
    if (Object.keys(values).length) body.values = values;
    try {
      await api.click(body);
      return true;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      toastRefusal(what, refused);
      return false;
    } finally {
      workspace.dispatchEvent(new Event("changed"));
    }
  }

  /** Ask the app for the options of an external select. */
  async suggest(block, element, query) {
    const answer = await api.options({
      user: workspace.viewerId,
      ...this.address,
      block_id: block.block_id,
      action_id: element.action_id,
      query,
    });
    return answer.response ?? answer;
  }
}

/** The identity of an input across re-renderings. */
export function keyOf(block, element) {
  return `${block.block_id ?? ""}/${element.action_id ?? ""}`;
}
