/** Dates and times as the person who is looking reads them: their zone, their words. */

const formats = new Map();

function formatter(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

/** "2026-11-20" in the zone, for comparing days. */
export function dayKey(seconds, zone) {
  return formatter(zone, { year: "numeric", month: "2-digit", day: "2-digit" })
    .formatToParts(seconds * 1000)
    .filter((part) => part.type !== "literal")
    .reverse()
    .map((part) => part.value)
    .join("-");
}

/** "14:02" (or "14:02:07"). */
export function timeText(seconds, zone, withSeconds = false) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (withSeconds) options.second = "2-digit";
  return formatter(zone, options).format(seconds * 1000);
}

/** "Friday, 20 November 2026". */
export function longDate(seconds, zone) {
  return formatter(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(seconds * 1000);
}

/** "Today", "Yesterday" or "Friday, 20 November 2026" against the workspace's clock. */
export function dayText(seconds, zone, now) {
  return nearDay(seconds, zone, now) ?? longDate(seconds, zone);
}

function nearDay(seconds, zone, now) {
  const day = dayKey(seconds, zone);
  if (day === dayKey(now, zone)) return "Today";
  if (day === dayKey(now - 86400, zone)) return "Yesterday";
  if (day === dayKey(now + 86400, zone)) return "Tomorrow";
  return null;
}

function shortDate(seconds, zone) {
  return formatter(zone, { day: "numeric", month: "short", year: "numeric" }).format(seconds * 1000);
}

/** "3 minutes ago", "in 2 hours". */
export function agoText(seconds, now) {
  const delta = seconds - now;
  const size = Math.abs(delta);
  const [unit, length] =
    size < 60 ? ["second", 1] : size < 3600 ? ["minute", 60] : size < 86400 ? ["hour", 3600] : ["day", 86400];
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(Math.round(delta / length), unit);
}

/** Fill a <!date^...> format: {date}, {time}, {date_short_pretty}, {ago} and their kin; other text stays. */
export function dateTokens(format, seconds, zone, now) {
  const pretty = (text) => nearDay(seconds, zone, now)?.toLowerCase() ?? text;
  const words = {
    date_num: () => dayKey(seconds, zone),
    date_slash: () => dayKey(seconds, zone).replaceAll("-", "/"),
    date: () => formatter(zone, { day: "numeric", month: "long", year: "numeric" }).format(seconds * 1000),
    date_long: () => longDate(seconds, zone),
    date_long_full: () => longDate(seconds, zone),
    date_short: () => shortDate(seconds, zone),
    date_pretty: () => pretty(words.date()),
    date_long_pretty: () => pretty(words.date_long()),
    date_short_pretty: () => pretty(words.date_short()),
    day_divider_pretty: () => pretty(words.date_long()),
    time: () => timeText(seconds, zone),
    time_secs: () => timeText(seconds, zone, true),
    ago: () => agoText(seconds, now),
  };
  return format.replace(/\{([a-z_]+)\}/g, (whole, name) => words[name]?.() ?? whole);
}
