// The key of a decision's receipt: a file that the person named and nobody else can read, or, when they say so, one that is gone afterwards.
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { readPrivateKey } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { readOwned } from "@ces/files";
import { CesError } from "@ces/kernel";
import { type ReceiptSigner, seedSigner } from "@ces/receipts";
import type { CommandContext } from "../define-command.ts";

/** A signer, and whether its key goes with this process. */
export type ChosenSigner = { readonly signer: ReceiptSigner; readonly ephemeral: boolean };

/** The signer of `--key` or `--ephemeral`. Throws CesError `USAGE_OPTION` for neither or both, `RECEIPT_KEY`, `STATE_UNSAFE`. */
export function chosenSigner(ctx: CommandContext): ChosenSigner {
  const [file, ephemeral] = [ctx.text("key"), ctx.flag("ephemeral")];
  if ((file !== undefined) === ephemeral)
    throw new CesError(
      "USAGE_OPTION",
      "a decision is signed with `--key FILE` or, to be thrown away, `--ephemeral`; one of them",
      {
        remedy: "openssl genpkey -algorithm ed25519 -out operator.pem && chmod 600 operator.pem",
      },
    );
  return file === undefined
    ? { signer: seedSigner(new Uint8Array(randomBytes(32)), nodeCrypto), ephemeral: true }
    : { signer: signerOf(resolve(ctx.cwd, file)), ephemeral: false };
}

/** The signer of a key file. SECURITY: one that others can read is not used, and no byte of it is repeated. Throws CesError `RECEIPT_KEY`, `STATE_UNSAFE`. */
export function signerOf(path: string): ReceiptSigner {
  const bytes = readOwned(path, { maxBytes: 16 * 1024 });
  if (bytes === undefined) throw refused(`\`${path}\` is not there`);
  const read = readPrivateKey(bytes);
  if (read.kind === "refused") throw refused(`\`${path}\`: ${read.text}`);
  return seedSigner(read.bytes, nodeCrypto);
}

function refused(why: string): CesError {
  return new CesError("RECEIPT_KEY", why, {
    remedy: "openssl genpkey -algorithm ed25519 -out operator.pem && chmod 600 operator.pem",
  });
}
