// Secrets leave before anything is stored or shown. Structured values are redacted as values: run over serialised JSON, the
// reference's patterns broke the JSON and lost the run (spec/ces §11.6).

import { findSecrets } from "./find-secrets.ts";
import type { Json, JsonObject } from "./json.ts";
import { isSecretName } from "./secret-name.ts";

/** `text` with each secret as `[redacted:<id>]`. Deterministic and idempotent. */
export function redactText(text: string): string {
  let kept = "";
  let from = 0;
  for (const { id, start, end } of findSecrets(text)) {
    kept += `${text.slice(from, start)}[redacted:${id}]`;
    from = end;
  }
  return kept + text.slice(from);
}

/** The same shape with every string redacted, and every text under a secret's name replaced. Idempotent. */
export function redact(value: Json): Json {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value !== "object") return value;
  return isList(value) ? value.map(redact) : redactMembers(value);
}

function redactMembers(value: JsonObject): JsonObject {
  const members = Object.entries(value).map(
    ([name, member]) => [redactText(name), isSecretName(name) ? redactSecret(member) : redact(member)] as const,
  );
  // fromEntries defines members, so `__proto__` stays an ordinary one.
  return Object.fromEntries(members);
}

// Under a secret's name any text is the secret, at any depth; numbers and flags (`token: 5`) are counts and switches.
function redactSecret(value: Json): Json {
  if (typeof value === "string") return value === "" || value.startsWith("[redacted:") ? value : "[redacted:name]";
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(redactSecret);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redactText(name), redactSecret(member)] as const),
  );
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
