// A key whose private half a program holds. The bytes to sign go to its standard input as they are; on its standard output it answers 64 bytes, or
// 128 hex digits. It gets an empty environment, no shell, ten seconds and four kilobytes. SECURITY: its answer is anybody's word until it was verified.
import { spawnSync } from "node:child_process";
import { lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { checkComponents, isInside, repositoryAbove } from "@ces/files";
import { CesError, decodeHex, isCesError } from "@ces/kernel";
import type { SigningProgram } from "./receipt-key.schema.ts";

/** The most that it may take, in milliseconds, and answer, in bytes. */
export type SignerLimits = { readonly timeout_ms: number; readonly most_bytes: number };

const LIMITS: SignerLimits = { timeout_ms: 10_000, most_bytes: 4096 };

/** The 64 bytes that the program answers to `message`; not verified. Throws CesError `KEY_SIGNER`, `KEY_PROGRAM`. */
export function askSigner(program: SigningProgram, message: Uint8Array, limits: SignerLimits = LIMITS): Uint8Array {
  checkProgram(program.path);
  const { status, signal, error, stdout } = spawnSync(program.path, program.args, {
    input: message,
    env: {},
    cwd: "/",
    shell: false,
    timeout: limits.timeout_ms,
    killSignal: "SIGKILL",
    maxBuffer: limits.most_bytes,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const failure = errorCode(error);
  if (failure === "ETIMEDOUT") throw refused(program, `takes longer than ${limits.timeout_ms / 1000} s`);
  if (failure === "ENOBUFS") throw refused(program, `answers more than ${limits.most_bytes} bytes`);
  // A program that answers without reading to the end of its input closes the pipe early; its answer counts all the same.
  if (failure !== undefined && failure !== "EPIPE") throw refused(program, `cannot be started (${failure})`);
  if (status !== 0) throw refused(program, signal === null ? `ends with ${status}` : `is ended by ${signal}`);
  const answer = signatureIn(stdout);
  if (answer === undefined) throw refused(program, "answers neither 64 bytes nor 128 hex digits");
  return answer;
}

/** The program at an absolute path, as it is stored: its real path. `forbidden`: folders where none may lie, such as the project. Throws CesError `KEY_PROGRAM`. */
export function signingProgram(path: string, args: readonly string[], forbidden: readonly string[]): SigningProgram {
  if (!isAbsolute(path)) throw unfit(path, "is no absolute path");
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw unfit(path, "is no file");
  const real = realpathSync(path);
  if (forbidden.some((folder) => isInside(real, realpathSync(folder)))) throw unfit(path, "lies inside the project");
  checkProgram(real);
  return { path: real, args: [...args] };
}

// SECURITY: judged at every call: what others may write could be another program by now, and a repository's file is whoever's may commit.
function checkProgram(path: string): void {
  try {
    checkComponents(path);
  } catch (error) {
    throw isCesError(error, "STATE_UNSAFE") ? unfit(path, error.message.replace(/^.*, but /, "is not safe: ")) : error;
  }
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) throw unfit(path, "is no file");
  if ((stats.mode & 0o022) !== 0) throw unfit(path, "can be written by others");
  if ((stats.mode & 0o111) === 0) throw unfit(path, "is not executable");
  const repository = repositoryAbove(dirname(path));
  if (repository !== undefined) throw unfit(path, `lies inside the repository \`${repository}\``);
}

function signatureIn(stdout: Buffer): Uint8Array | undefined {
  if (stdout.length === 64) return new Uint8Array(stdout);
  const text = stdout.toString("latin1").trim();
  return text.length === 128 ? decodeHex(text.toLowerCase()) : undefined;
}

function errorCode(error: Error | undefined): string | undefined {
  return error === undefined ? undefined : "code" in error ? String(error.code) : "unknown";
}

function refused({ path }: SigningProgram, why: string): CesError {
  return new CesError("KEY_SIGNER", `the signing program \`${path}\` ${why}`, {
    remedy: "it reads the bytes to sign on standard input and writes the signature to standard output",
  });
}

function unfit(path: string, why: string): CesError {
  return new CesError("KEY_PROGRAM", `the signing program \`${path}\` ${why}`, {
    remedy: "name an absolute path outside every project that only you or root can write",
  });
}
