// Secrets leave before anything is stored or shown. Structured values are redacted as values: run over serialised JSON, the
// reference's patterns broke the JSON and lost the run (spec/ces §11.6).

import { findSecrets } from "./find-secrets.ts";
import type { Json, JsonObject } from "./json.ts";
import { isSecretName } from "./secret-name.ts";

const MARKER = /(\[redacted:[a-z-]{1,32}\])/;
const WHOLE_MARKER = /^\[redacted:[a-z-]{1,32}\]$/;
const ROUNDS = 4;

/** `text` with each secret as `[redacted:<id>]`. Deterministic and idempotent. */
export function redactText(text: string): string {
  if (!text.includes("[redacted:")) return redactPiece(text, ROUNDS);
  // INVARIANT: markers are opaque and what stands between them holds no finding, so a second pass changes nothing.
  return text
    .split(MARKER)
    .map((piece) => (WHOLE_MARKER.test(piece) ? piece : redactPiece(piece, ROUNDS)))
    .join("");
}

// Cutting a secret out moves the borders of its neighbours, which may show another one: look again, a bounded number of
// times, then give up the piece whole. Each round reads what is left once, so the time stays linear.
function redactPiece(piece: string, rounds: number): string {
  const found = findSecrets(piece);
  if (found.length === 0) return piece;
  if (rounds === 0) return "[redacted:dense]";
  let kept = "";
  let from = 0;
  for (const { id, start, end } of found) {
    kept += `${redactPiece(piece.slice(from, start), rounds - 1)}[redacted:${id}]`;
    from = end;
  }
  return kept + redactPiece(piece.slice(from), rounds - 1);
}

/** The same shape with every string and member name redacted, and every text under a secret's name replaced. Idempotent. */
export function redact(value: Json): Json {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value !== "object") return value;
  return isList(value)
    ? value.map(redact)
    : mapMembers(value, (name, member) => (isSecretName(name) ? redactSecret(member) : redact(member)));
}

// Under a secret's name any text is the secret, at any depth; numbers and flags (`token: 5`) are counts and switches.
function redactSecret(value: Json): Json {
  if (typeof value === "string") return value === "" || WHOLE_MARKER.test(value) ? value : "[redacted:name]";
  if (value === null || typeof value !== "object") return value;
  return isList(value) ? value.map(redactSecret) : mapMembers(value, (_, member) => redactSecret(member));
}

// A Map and fromEntries, because both take `__proto__` as an ordinary name.
function mapMembers(value: JsonObject, change: (name: string, member: Json) => Json): JsonObject {
  const members = new Map<string, Json>();
  for (const [name, member] of Object.entries(value)) {
    const shown = redactText(name);
    members.set(unused(members, shown), change(shown, member));
  }
  return Object.fromEntries(members);
}

// Two secrets as names would become one member.
function unused(members: ReadonlyMap<string, Json>, name: string): string {
  let free = name;
  for (let n = 2; members.has(free); n += 1) free = `${name}#${n}`;
  return free;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
