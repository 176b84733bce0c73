/** The bar above everything: who you are, light or dark, and the way to the channels on a phone. */
import { el, fill, icon, iconButton } from "./dom.js";
import { avatar, marks, personRow } from "./person.js";
import { openMenu, refreshMenu } from "./popover.js";
import { personName, personTitle, workspace } from "./workspace.js";

const THEME_KEY = "sandbox.theme";

/** The button that shows who is acting, tells for whom something waits, and lets one become somebody else. */
export function drawViewer(slot) {
  const user = workspace.viewer();
  const waiting = workspace.people().filter((one) => one.id !== user.id && workspace.waiting[one.id]);
  const signature = JSON.stringify([user, waiting.map((one) => one.id)]);
  const opened = slot.querySelector("[aria-expanded=true]");
  if (opened) refreshMenu(opened, viewerItems());
  if (slot.dataset.signature === signature || opened) return;
  slot.dataset.signature = signature;
  const names = waiting.map(personName).join(", ");
  const news = names ? `. New messages for ${names}` : "";
  const badge = waiting.length
    ? el("span", { class: "badge", "aria-hidden": "true", title: `New for ${names}` }, String(waiting.length))
    : null;
  const label = `You are ${personName(user)}. Switch person${news}`;
  const parts = [
    avatar(user, "small"),
    el("span", { class: "viewer-name" }, personName(user)),
    marks(user),
    badge,
    icon("chevron"),
  ];
  const attributes = {
    class: "top-button viewer",
    "data-testid": "user-switcher",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  };
  const button = el("button", { type: "button", ...attributes, "aria-label": label }, parts);
  button.addEventListener("click", () => openMenu(button, viewerItems(), "Act as", { align: "end" }));
  const focused = slot.contains(document.activeElement);
  fill(slot, button);
  if (focused) button.focus();
}

function viewerItems() {
  return [{ heading: "Act as" }, ...workspace.people().map(personItem), ...goneItems()];
}

function personItem(user) {
  const own = user.id === workspace.viewerId;
  const count = own ? 0 : workspace.waiting[user.id];
  const badge = count
    ? el("span", { class: "badge", title: `${count} new for ${personName(user)}` }, String(count))
    : null;
  const label = el("span", { class: "person-name" }, personName(user), marks(user), own ? " ✓" : "", badge);
  const name = count ? `${personName(user)}, ${count} new` : personName(user);
  return {
    label,
    name,
    hint: personTitle(user),
    lead: avatar(user, "medium"),
    onselect: () => workspace.become(user.id),
  };
}

/** Deactivated people are listed so that one knows of them, but nobody can act as them. */
function goneItems() {
  const gone = workspace.state.users.filter((user) => user.deleted);
  return gone.length ? gone.map((user) => ({ heading: personRow(user) })) : [];
}

/** Apply the remembered theme and wire the toggle; without a choice the system decides. */
export function wireTheme(slot) {
  const dark = () =>
    (document.documentElement.dataset.theme ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const saved = localStorage.getItem(THEME_KEY);
  if (saved) document.documentElement.dataset.theme = saved;
  const draw = () => {
    const label = dark() ? "Switch to light colours" : "Switch to dark colours";
    const toggle = () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      localStorage.setItem(THEME_KEY, document.documentElement.dataset.theme);
      draw();
      slot.firstElementChild.focus();
    };
    fill(
      slot,
      iconButton(dark() ? "sun" : "moon", label, toggle, { class: "top-button", "data-testid": "theme-toggle" }),
    );
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
}

/** On a narrow window the sidebar slides over the page. */
export function wireMenu(button) {
  const set = (open) => {
    document.body.classList.toggle("menu-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(!document.body.classList.contains("menu-open")));
  document.getElementById("scrim").addEventListener("click", () => set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") set(false);
  });
  window.addEventListener("hashchange", () => set(false));
}
