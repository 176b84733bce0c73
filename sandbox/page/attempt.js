/** Asking the sandbox for something that it may refuse. */
import { Refused } from "./api.js";
import { toastRefusal } from "./toast.js";
import { workspace } from "./workspace.js";

/** Do something with the API and tell when it was refused; always fetch anew afterwards. */
export async function attempt(what, send) {
  try {
    return await send();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    toastRefusal(what, refused);
    return null;
  } finally {
    workspace.dispatchEvent(new Event("changed"));
  }
}
