// The key of a receipt: a name of the person's own home, a file that they named and nobody else can read, or, when they say so, one that is gone afterwards.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readPrivateKey } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { isKeyName, readKeyFile } from "@ces/keys";
import { seedSigner } from "@ces/receipts";
import type { CommandContext } from "../define-command.ts";
import { keyHomeOf, publicKeyIn, receiptSigner } from "./key-home-of.ts";
import type { ChainSigner } from "./open-receipt-chain.ts";
import { passphraseFor } from "./passphrase.ts";
import { settleRotation } from "./rotate-key.ts";

/** A signer, and whether its key goes with this process. */
export type ChosenSigner = ChainSigner & { readonly ephemeral: boolean };

/** The signer of `--key` or `--ephemeral`. Throws CesError `USAGE_OPTION` for neither or both, `RECEIPT_KEY`, `KEY_…`. */
export async function chosenSigner(ctx: CommandContext): Promise<ChosenSigner> {
  const [key, ephemeral] = [ctx.text("key"), ctx.flag("ephemeral")];
  if ((key !== undefined) === ephemeral)
    throw new CesError(
      "USAGE_OPTION",
      "a decision is signed with `--key NAME` or, to be thrown away, `--ephemeral`; one of them",
      { remedy: "ces keys generate operator" },
    );
  return key === undefined
    ? { signer: seedSigner(new Uint8Array(randomBytes(32)), nodeCrypto), earlier: [], ephemeral: true }
    : { ...(await namedSigner(ctx, key)), ephemeral: false };
}

/** The key of a name of the home or, when there is none of that name, of a file. Throws CesError `RECEIPT_KEY`, `KEY_…`. */
export async function namedSigner(ctx: CommandContext, text: string): Promise<ChainSigner> {
  const home = keyHomeOf(ctx);
  if (!isKeyName(text) || home.find(text) === undefined) return { signer: await fileSigner(ctx, text), earlier: [] };
  settleRotation(home, text);
  const keys = home.find(text)?.keys ?? [];
  const passphrase = keys.at(-1)?.form === "locked" ? await passphraseFor(ctx, `the key \`${text}\``) : undefined;
  return { signer: receiptSigner(home.open(text, passphrase)), earlier: keys.slice(0, -1).map(publicKeyIn) };
}

// SECURITY: a key that others can read is not used, and no byte of it is repeated.
async function fileSigner(ctx: CommandContext, name: string): Promise<ChainSigner["signer"]> {
  const path = resolve(ctx.cwd, name);
  if (isKeyName(name) && !existsSync(path))
    throw new CesError("KEY_MISSING", `you have no key \`${name}\`, and there is no file of that name`, {
      remedy: `ces keys generate ${name}`,
    });
  const file = readKeyFile(path);
  if (file.pem) return receiptSigner(file.open(file.locked ? await passphraseFor(ctx, `\`${name}\``) : undefined));
  const read = readPrivateKey(file.bytes());
  if (read.kind === "read") return seedSigner(read.bytes, nodeCrypto);
  throw new CesError("RECEIPT_KEY", `\`${name}\`: ${read.text}`, { remedy: "ces keys generate operator" });
}
