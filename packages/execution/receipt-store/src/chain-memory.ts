// Going on with a long chain without reading it from the beginning: where it stood when it was last verified here. SECURITY: the memory is believed
// for what came before it and for nothing else: the receipt that it names must still stand in its place, and everything after it is judged.
import { type Crypto, sha256Hex } from "@ces/kernel";
import type { ChainFiles } from "./chain-files.ts";
import { NOTHING, type Standing } from "./follow-chain.ts";
import { receiptsIn, textOf } from "./layout.ts";

/** Where the last verified standing is kept: in the trust domain of whoever signs, never in the folder of the chain. */
export type ChainMemory = {
  /** Undefined for none, or for one that cannot be read: then the whole chain is judged. */
  readonly recall: () => Standing | undefined;
  /** May keep it or not; a memory that is behind costs time and nothing else. */
  readonly keep: (standing: Standing) => void;
};

/** Where judging begins: at the remembered receipt when it still stands there, else before the first. */
export function resumed(
  files: Pick<ChainFiles, "read">,
  known: Standing | undefined,
  crypto: Pick<Crypto, "sha256">,
): Standing {
  if (known === undefined || known.name === null) return NOTHING;
  const bytes = files.read(known.name);
  const last = bytes === undefined ? undefined : receiptsIn(bytes)?.at(-1);
  const isThere = last !== undefined && `sha256:${sha256Hex(crypto, textOf(last))}` === known.head.terminal_hash;
  return isThere ? known : NOTHING;
}
