// What is recorded about a delivery, newest first, parsed at the door. For reading only: hops verify seals, this does not.
import type { RecordKind, Store } from "@ces/ports";

/** A record's schema. */
export type Parser<T> = { readonly parse: (value: unknown) => T };

/** The newest record of a kind, undefined when there is none. */
export function recallNewest<T>(store: Store, kind: RecordKind, delivery_id: string, schema: Parser<T>): T | undefined {
  const row = store.records(kind, { delivery_id }).at(-1);
  return row && schema.parse(row.body);
}
