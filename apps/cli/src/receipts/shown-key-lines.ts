// Receipt keys as a person reads them.
import { table } from "../view/layout.ts";
import { attention, dim, good, type Line, plain, type Span, strong } from "../view/line.ts";
import type { ShownKey } from "./shown-keys.ts";

const forms: Readonly<Record<ShownKey["form"], string>> = {
  plain: "in a file",
  locked: "under a passphrase",
  external: "held by a program",
};

/** A table; empty without keys. */
export function shownKeyLines(keys: readonly ShownKey[]): readonly Line[] {
  const rows = keys.map((one) => [
    one.current ? strong`${one.name}` : dim`${one.name}`,
    plain`${one.kid}`,
    stateOf(one),
    one.current ? plain`${forms[one.form]}` : dim`destroyed`,
    dim`${one.valid_from ?? "–"}`,
    dim`${one.valid_until ?? "–"}`,
  ]);
  return table(["receipt key", "kid", "state", "private half", "from", "until"], rows);
}

function stateOf({ current, rotating, revoked_at }: ShownKey): Span {
  if (rotating) return attention`rotating`;
  if (current) return good`signs`;
  return revoked_at === null ? dim`ended` : attention`revoked`;
}
