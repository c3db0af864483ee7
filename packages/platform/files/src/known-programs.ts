// What was found out about a program, kept until the file is another one: a digest of node reads a hundred megabytes, and a
// client takes a second to print its version. The answers stand in the trust domain; each program's place is judged anew by
// whoever asks (S24).
import { statSync } from "node:fs";
import { join } from "node:path";
import { KnownProgramsText } from "./bindings.schema.ts";
import { atomicWrite, readOwned } from "./owned-file.ts";

/** Answers about programs. */
export type KnownPrograms = {
  /** The remembered answer to `question` about the file at `path` (absolute, real), else what `find` says; undefined is not kept. */
  readonly recall: <Answer extends string | undefined>(
    path: string,
    question: string,
    find: () => Promise<Answer>,
  ) => Promise<string | Answer>;
};

/** Opens the answers of a state folder. Throws STATE_UNSAFE for a file that is not ours alone. */
export function openKnownPrograms(stateDirectory: string): KnownPrograms {
  const file = join(stateDirectory, "programs.json");
  const known = new Map(Object.entries(read(file)));
  return {
    recall: async (path, question, find) => {
      const key = `${question} ${identity(path)} ${path}`;
      const answer = known.get(key) ?? (await find());
      if (answer !== undefined && known.get(key) !== answer) {
        for (const old of known.keys())
          if (old.startsWith(`${question} `) && old.endsWith(` ${path}`)) known.delete(old);
        known.set(key, answer);
        atomicWrite(file, JSON.stringify({ schema: "ces.known-programs/v1", answers: Object.fromEntries(known) }));
      }
      return answer;
    },
  };
}

// SECURITY: nobody but root sets a file's change time back, so a file that was written to is another one.
function identity(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs, uid, mode } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs, uid, mode].join(":");
}

// Damaged answers are found out again.
function read(file: string): Readonly<Record<string, string>> {
  const bytes = readOwned(file);
  if (!bytes) return {};
  try {
    return KnownProgramsText.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).answers;
  } catch {
    return {};
  }
}
