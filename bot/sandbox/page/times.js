// Instants on the clocks of cities. The sandbox's now is the server's, never this computer's.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }));
  }
  return formats.get(key);
}

export function hour(instant, zone) {
  return format(zone, { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

export function day(instant, zone) {
  return format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(new Date(instant));
}

export function shortDay(instant, zone) {
  return format(zone, { day: "numeric", month: "short" }).format(new Date(instant));
}

// "2026-11-23T09:30" as a city's wall shows it.
export function wallOf(instant, zone) {
  const numeric = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  const parts = Object.fromEntries(format(zone, numeric).formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

// The instant at which a city's wall shows this; where clocks are set back, the later one.
export function instantOf(wall, zone) {
  const read = Date.parse(`${wall}:00Z`);
  const first = read - (Date.parse(`${wallOf(read, zone)}:00Z`) - read);
  return new Date(first - (Date.parse(`${wallOf(first, zone)}:00Z`) - read));
}

export function nextMorning(now, zone, morning) {
  const today = wallOf(now, zone).slice(0, 10);
  const candidate = instantOf(`${today}T${morning}`, zone);
  if (candidate > now) return candidate;
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return instantOf(`${tomorrow}T${morning}`, zone);
}
