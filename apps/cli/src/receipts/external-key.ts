// A key that a program holds, as a command line names it: the public half in a file, and `--external PROGRAM`.
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { heldKey, type NewKey, signingProgram } from "@ces/keys";
import { readAnchor } from "@ces/receipts";
import { readDocument } from "../csc/read-document.ts";
import type { CommandContext } from "../define-command.ts";

/** The key; the program has proved that it signs with it. Throws CesError `KEY_PROGRAM`, `KEY_SIGNER`, `USAGE_FILE`, `CSC_FILE`. */
export function externalKey(ctx: CommandContext, public_file: string): NewKey {
  const program = signingProgram(
    ctx.text("external") ?? "",
    ctx.list("external-arg"),
    ctx.cwd === "/" ? [] : [ctx.cwd],
  );
  const read = readAnchor(readDocument(resolve(ctx.cwd, public_file), "key", 64 * 1024));
  const keys = read.kind === "read" ? read.keys.flatMap(({ public_key }) => public_key ?? []) : [];
  const [key] = keys;
  if (key !== undefined && keys.length === 1) return heldKey(key, program);
  const why = read.kind === "refused" ? read.text : `holds ${keys.length} keys`;
  throw new CesError("USAGE_FILE", `\`${public_file}\` ${why}`, {
    remedy: "name one public key: PEM, JWK or 64 hex digits",
  });
}
