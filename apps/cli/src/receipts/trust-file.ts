// How far each agent is trusted, from one command to the next. Ours alone: an agent that could write here would trust itself.
import { basename, dirname, join, resolve } from "node:path";
import { atomicWrite, ownedDirectory, readOwned, withOwnerLock } from "@ces/files";
import { FULL_TRUST, TRUST_POLICY, type TrustBook, trustBook } from "@ces/governance-rules";
import { CesError, type Json, parseJson } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";
import { stateDir } from "../wire/account-folders.ts";

const MAX_BYTES = 16 * 1024 * 1024;

/** Where trust is kept: `--trust-file`, else the state folder of CES. Absolute. */
export function trustPlace(ctx: CommandContext): string {
  const named = ctx.text("trust-file");
  if (named !== undefined) return resolve(ctx.cwd, named);
  return join(stateDir(ctx), "trust.json");
}

/** The book at a place; an empty one when there is none. Throws CesError `STATE_UNSAFE`, `TRUST_DAMAGED`. */
export function readTrust(place: string): TrustBook {
  const bytes = readOwned(place, { maxBytes: MAX_BYTES });
  if (bytes === undefined) return trustBook();
  const read = parseJson(bytes, { maxBytes: MAX_BYTES });
  const agents = read.kind === "parsed" ? agentsOf(read.value) : undefined;
  if (agents === undefined)
    throw new CesError("TRUST_DAMAGED", `\`${place}\` holds no trust`, {
      remedy: "restore the file, or remove it to begin again",
    });
  return trustBook(agents);
}

/** Changes the book at a place while nobody else does, and stores it; what `change` gives. Throws CesError `STATE_UNSAFE`, `STATE_BUSY`, `TRUST_DAMAGED`. */
export function changeTrust<T>(place: string, change: (book: TrustBook) => T): T {
  ownedDirectory(dirname(place));
  return withOwnerLock(join(dirname(place), `.${basename(place)}.lock`), () => {
    const book = readTrust(place);
    const said = change(book);
    const agents = Object.fromEntries(book.entries().toSorted(([a], [b]) => (a < b ? -1 : 1)));
    // Whole or not at all.
    atomicWrite(place, `${JSON.stringify({ schema: TRUST_POLICY, agents }, null, 2)}\n`);
    return said;
  });
}

function agentsOf(value: Json): readonly (readonly [string, number])[] | undefined {
  if (!isObject(value) || value["schema"] !== TRUST_POLICY || Object.keys(value).length !== 2) return undefined;
  const { agents } = value;
  if (!isObject(agents)) return undefined;
  const entries = Object.entries(agents).map(([agent, score]) => [agent, score] as const);
  return entries.every(isScore) ? entries : undefined;
}

function isScore(entry: readonly [string, Json]): entry is readonly [string, number] {
  const [, score] = entry;
  return typeof score === "number" && Number.isInteger(score) && score >= 0 && score <= FULL_TRUST;
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
