// Which text a receipt says it follows. Source: spec/acta.md §1.1.

import type { Json } from "@ces/kernel";

/** True for a `spec` that names a draft before -03. */
export function isBeforeDraft03(spec: Json | undefined): boolean {
  return typeof spec === "string" && /^draft-farley-acta-signed-receipts-0[0-2]$/.test(spec);
}
