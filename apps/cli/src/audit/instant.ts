// Times as people type them.
import { CesError } from "@ces/kernel";

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2026-05-01`, a full ISO time, or `30m`, `24h`, `7d` ago, as an instant. Throws CesError USAGE_VALUE. */
export function readInstant(option: string, text: string, now: Date): string {
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * (units[ago[2] ?? ""] ?? 0)).toISOString();
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)
    ? new Date(text)
    : null;
  if (at && !Number.isNaN(at.getTime())) return at.toISOString();
  throw new CesError("USAGE_VALUE", `\`--${option}\` is a day, an ISO time, or 30m, 24h, 7d ago, not \`${text}\``, {
    remedy: "ces audit --help",
  });
}
