// The receipts of the project in the current folder, and the public keys that strangers verify them under.
import type { Json, JsonObject } from "@ces/kernel";
import { indexOf, nameOf } from "@ces/receipt-store";
import type { ReceiptEpoch } from "@ces/keys";
import { issuerKidOf, type Jwks, KEY_ROTATION_TYPE, readJwks } from "@ces/receipts";
import { ReceiptRow, type StoredReceipt } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import type { Project } from "../wire/open-project.ts";
import { withProject } from "../with-project.ts";
import { jwkOf, type KeyWindow } from "./jwk-of.ts";

/** Oldest first, and the keys as entries of a JWK Set. */
export type ProjectReceipts = {
  readonly receipts: readonly StoredReceipt[];
  readonly keys: readonly Readonly<Record<string, string>>[];
};

/** Reads them. Throws CesError NO_PROJECT and what opening a project throws. */
export const projectReceipts = (ctx: CommandContext): Promise<ProjectReceipts> => withProject(ctx, receiptsOfProject);

/** The same of a project that is open. */
export function receiptsOfProject({ store, keys }: Pick<Project, "store" | "keys">): ProjectReceipts {
  const receipts = store.records("receipt").map(({ body }) => ReceiptRow.parse(body).receipt);
  return { receipts, keys: windows(receipts, keys.receipts.epochs()) };
}

/** The keys as anchors. */
export const anchorsIn = ({ keys }: Pick<ProjectReceipts, "keys">): { readonly jwks: Jwks } => ({
  jwks: readJwks({ keys: [...keys] }) ?? { keys: [] },
});

/** The chain as a folder of one file each, for what reads folders. */
export function asFolder(receipts: readonly StoredReceipt[]): {
  readonly names: () => readonly string[];
  readonly read: (name: string) => Uint8Array | undefined;
} {
  return {
    names: () => receipts.map((_, index) => nameOf(index)),
    read: (name) => {
      const receipt = receipts[indexOf(name) ?? -1];
      return receipt === undefined ? undefined : new TextEncoder().encode(JSON.stringify(receipt));
    },
  };
}

// A key's window goes from the receipt that names it to just after the one in which it names the next. One that no receipt names signs nothing
// and is not published.
function windows(receipts: readonly StoredReceipt[], epochs: readonly ReceiptEpoch[]): ProjectReceipts["keys"] {
  const found = new Map<string, KeyWindow>();
  const [first] = epochs;
  if (first !== undefined)
    found.set(issuerKidOf(first.public_key), { valid_from: null, valid_until: null, revoked_at: null });
  for (const { payload, signature } of receipts) {
    if (payload["type"] !== KEY_ROTATION_TYPE) continue;
    const at = String(payload["issued_at"]);
    const after = new Date(Date.parse(at) + 1).toISOString();
    const ended = found.get(signature.kid);
    const revoked_at = payload["reason"] === "compromised" ? after : null;
    if (ended !== undefined) found.set(signature.kid, { ...ended, valid_until: after, revoked_at });
    found.set(String(payload["new_kid"]), { valid_from: at, valid_until: null, revoked_at: null });
  }
  return epochs.flatMap(({ public_key }) => {
    const window = found.get(issuerKidOf(public_key));
    return window === undefined ? [] : [jwkOf(public_key, window)];
  });
}

/** A receipt as a value that was read. */
export const valueOf = (receipt: StoredReceipt): { readonly value: Json } => ({ value: receipt as JsonObject });
