// Where a passphrase comes from: a file that only the person can read, a descriptor, or the terminal. Never an argument or a variable.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CesError, utf8Decode } from "@ces/kernel";
import { readPrivateFile } from "@ces/keys";
import type { CommandContext } from "../define-command.ts";

const REMEDY = "run this at a terminal, or name a file that holds the passphrase with --passphrase-file";

/** The passphrase of a key that is there. Throws CesError `KEY_LOCKED` when nobody can be asked, `KEY_PASSPHRASE`, `KEY_MISSING`, `KEY_EXPOSED`. */
export async function passphraseFor(ctx: CommandContext, what: string): Promise<string> {
  return fromFile(ctx) ?? (await ask(ctx, `passphrase of ${what}`));
}

/** A passphrase for a key that is about to be made; asked twice at the terminal. Throws as `passphraseFor`. */
export async function newPassphrase(ctx: CommandContext, what: string): Promise<string> {
  const given = fromFile(ctx);
  if (given !== undefined) return given;
  const first = await ask(ctx, `new passphrase of ${what}`);
  if (first === (await ask(ctx, "the same again"))) return first;
  throw new CesError("KEY_PASSPHRASE", "the two passphrases are not the same; nothing was made", {
    remedy: "run it again",
  });
}

async function ask(ctx: CommandContext, text: string): Promise<string> {
  const typed = await ctx.passphrase(text);
  if (typed === null)
    throw new CesError("KEY_LOCKED", "a passphrase is needed, and there is nobody at a terminal to ask", {
      remedy: REMEDY,
    });
  return filled(typed);
}

function fromFile(ctx: CommandContext): string | undefined {
  const file = ctx.text("passphrase-file");
  if (file === undefined) return undefined;
  const descriptor = /^\/dev\/fd\/(\d{1,4})$/.exec(file)?.[1];
  const bytes = descriptor === undefined ? readPrivateFile(resolve(ctx.cwd, file)) : fromDescriptor(Number(descriptor));
  const text = utf8Decode(bytes);
  if (text === undefined) throw unreadable("it is no text");
  return filled(text.replace(/\r?\n$/, ""));
}

function fromDescriptor(fd: number): Uint8Array {
  try {
    return new Uint8Array(readFileSync(fd));
  } catch {
    throw unreadable(`descriptor ${fd} cannot be read`);
  }
}

function filled(text: string): string {
  if (text === "" || text.length > 1024) throw unreadable("it is empty, or longer than 1,024 letters");
  return text;
}

function unreadable(why: string): CesError {
  return new CesError("KEY_PASSPHRASE", `the passphrase cannot be used: ${why}`, { remedy: REMEDY });
}
