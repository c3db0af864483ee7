// Asks a program of the host what it is: its version, in its own words. The only start outside a box that CES makes for that, and none
// without a command contract that the policy allows. The process has the user's own rights: what it may do is declared, not held.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { AllowedContract, AllowProbe } from "@ces/contract-packs";

/** `program` is absolute and was judged by `resolveTool`; `env` is the whole environment and holds no key. */
export type ProgramQuestion = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
};

/** What it printed on standard output, undefined when it failed, and what it was started under. */
export type ProgramAnswer = { readonly said: string | undefined; readonly contract: AllowedContract };

/** Runs it to its end. Throws COMMAND_CONTRACT_REFUSED when the policy does not allow it: nothing was started then. */
export async function askProgram(question: ProgramQuestion, allow: AllowProbe): Promise<ProgramAnswer> {
  const { program, args, env, timeout_ms } = question;
  const contract = allow({
    what: `the version of ${program}`,
    argv: [program, ...args],
    cwd: "/",
    read_paths: [program],
    write_paths: [],
    timeout_ms,
  });
  try {
    const { stdout } = await promisify(execFile)(program, [...args], {
      env: { ...env },
      cwd: "/",
      timeout: timeout_ms,
    });
    return { said: stdout, contract };
  } catch {
    return { said: undefined, contract };
  }
}
