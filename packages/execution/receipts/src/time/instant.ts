// Instants as RFC 3339 writes them, compared as instants: "01:30+02:00" is before "00:00Z" though its text is not.
// Date.parse repairs (30 February is 2 March) and rounds; here such a text is no instant.

/**
 * Seconds since 1970 in UTC and the digits after the point without trailing zeros, of any length. A leap second is no second of 1970's
 * count: it lies behind every fraction of the one before it, and before midnight.
 */
export type Instant = { readonly seconds: number; readonly fraction: string };

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,64}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** The instant of a date-time with zone designator; undefined for anything else, impossible dates included. RFC 3339 §5.6. */
export function readInstant(text: unknown): Instant | undefined {
  const match = typeof text === "string" ? RFC3339.exec(text) : null;
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = offsetOf(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  const leap = second === 60;
  const seconds = daysFrom1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + (leap ? 59 : second) - offset;
  if (leap && !endsMonth(seconds)) return undefined;
  return { seconds, fraction: (leap ? LEAP : "") + (match[7] ?? "").replace(/0+$/, "") };
}

// Sorts behind all digits.
const LEAP = "~";

// Whether a second is the last of a month in UTC: only there may a leap second follow (RFC 3339 §5.7).
function endsMonth(seconds: number): boolean {
  const next = new Date((seconds + 1) * 1000);
  return (seconds + 1) % 86_400 === 0 && next.getUTCDate() === 1;
}

/** True when `a` is before `b`. */
export function isBefore(a: Instant, b: Instant): boolean {
  // Without trailing zeros, fractions sort as texts.
  return a.seconds === b.seconds ? a.fraction < b.fraction : a.seconds < b.seconds;
}

function offsetOf(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Days of the proleptic Gregorian calendar, counted from March so that the leap day is a year's last.
function daysFrom1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
