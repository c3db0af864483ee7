// An import that takes back records of malicious packages goes on only when a person at a terminal agrees (S40).
import { randomBytes } from "node:crypto";
import { importExports, type ImportReport } from "@ces/advisories";
import { CesError, isCesError } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";

/** Imports; asks a person where records would be lost. Throws ADVISORIES_LOST when nobody agrees, and what `importExports` throws. */
export async function importWithPerson(
  ctx: CommandContext,
  sources: readonly string[],
  into: string,
): Promise<ImportReport> {
  try {
    return await importExports(sources, { into });
  } catch (error) {
    if (!isCesError(error, "ADVISORIES_LOST")) throw error;
    // SECURITY: a fresh code each time, so that nothing typed or pasted before can be the answer.
    const agreed = await ctx.challenge(`Go on, although ${error.message}?`, randomBytes(3).toString("hex"));
    if (agreed) return importExports(sources, { into, person: true });
    throw new CesError("ADVISORIES_LOST", error.message, {
      remedy: "look at them, then run the import at a terminal",
      cause: error,
    });
  }
}
