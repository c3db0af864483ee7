// RFC 3339 time stamps, strictly: the reference took dates alone, compact dates and times without a zone. Source: spec/csc.md §1.5.

const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970, with a fraction when the text is finer; undefined for what RFC 3339 §5.6 does not allow, an impossible date, and leap seconds. */
export function epochOf(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  if (!real || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  const fraction = Number(match[7] ?? 0) * 1000;
  const base = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
  return base + fraction - offset * 60_000;
}

function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** UTC with milliseconds and `Z`. */
export function rfc3339(epoch_ms: number): string {
  return new Date(epoch_ms).toISOString();
}
