/** How a person looks: avatar with initials, name, marks for apps, guests and deactivated people. */
import { el, icon } from "./dom.js";
import { isExternal, isGuest, personName, personTitle, workspace } from "./workspace.js";

const HUES = 10;

/** A coloured square with initials; apps get a bell-like mark. Decorative: the name stands beside it. */
export function avatar(user, size = "medium") {
  const name = personName(user);
  const initials = name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join("")
    .toUpperCase();
  const hue = user?.is_bot ? "app" : Math.max(0, workspace.state.users.indexOf(user)) % HUES;
  return el(
    "span",
    { class: `avatar avatar-${size} hue-${hue}`, "aria-hidden": "true" },
    user?.is_bot ? icon("bell") : initials,
  );
}

/** The small words after a name: app, guest, of another company, deactivated. */
export function marks(user) {
  const words = [];
  if (user?.is_bot) words.push("App");
  if (isGuest(user)) words.push("Guest");
  if (isExternal(user)) words.push("External");
  if (user?.deleted) words.push("Deactivated");
  return words.map((word) => el("span", { class: `mark mark-${word.toLowerCase()}` }, word));
}

/** Avatar, name, marks and title in one row. */
export function personRow(user) {
  return el(
    "span",
    { class: user?.deleted ? "person deactivated" : "person" },
    avatar(user, "medium"),
    el(
      "span",
      { class: "person-words" },
      el("span", { class: "person-name" }, personName(user), marks(user)),
      el("small", {}, personTitle(user) || `@${user?.name ?? ""}`),
    ),
  );
}
