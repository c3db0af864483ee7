// Refs: read exactly, moved only by compare-and-swap (S22, S33).
import { CesError } from "@ces/kernel";
import { runGit, type GitProcess } from "./git-process.ts";

/** The answer of a compare-and-swap. */
export type RefMove = { readonly kind: "moved" } | { readonly kind: "stale"; readonly actual: string | null };

/** What HEAD names; `commit` null when the branch is unborn. */
export async function readHead(
  process: GitProcess,
): Promise<{ readonly ref: string | null; readonly commit: string | null }> {
  const exit = await runGit(process, ["symbolic-ref", "--quiet", "HEAD"]);
  if (exit.status === 0) {
    const ref = line(exit.stdout);
    return { ref, commit: await resolveRef(process, ref) };
  }
  const detached = await runGit(process, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return { ref: null, commit: detached.status === 0 ? line(detached.stdout) : null };
}

/** The commit of exactly this ref (no guessing of short names), or null. */
export async function resolveRef(process: GitProcess, ref: string): Promise<string | null> {
  const exit = await runGit(process, ["show-ref", "--verify", "--hash", "--", checkRef(ref)]);
  return exit.status === 0 ? line(exit.stdout) : null;
}

/**
 * Moves `ref` from `expected` to `next`; null: it must not exist. Symbolic refs are not followed.
 * Throws CesError `GIT_REF_LOCKED` when the ref stood as expected and still could not be moved.
 */
export async function moveRef(
  process: GitProcess,
  ref: string,
  next: string,
  expected: string | null,
): Promise<RefMove> {
  const order =
    expected === null ? `create ${checkRef(ref)}\0${next}\0` : `update ${checkRef(ref)}\0${next}\0${expected}\0`;
  const exit = await runGit(process, ["update-ref", "--stdin", "-z", "--no-deref", "-m", "ces: merge"], {
    stdin: order,
  });
  if (exit.status === 0) return { kind: "moved" };
  const actual = await resolveRef(process, ref);
  if (actual !== expected) return { kind: "stale", actual };
  throw new CesError("GIT_REF_LOCKED", `cannot move \`${ref}\`: \`${exit.stderr.trim()}\``, {
    remedy: "let the other git process finish (or remove its stale lock file), then `ces continue`",
  });
}

function checkRef(ref: string): string {
  const plain =
    /^refs\/[^\s~^:?*[\\\u0000-\u0020\u007f]+$/.test(ref) && !/(^|\/)\.|\.\.|\/\/|\/$|\.lock(\/|$)|@\{|\.$/.test(ref);
  if (plain) return ref;
  throw new CesError("GIT_REF_NAME", `\`${ref}\` is not a full ref name`, {
    remedy: "name a branch such as `refs/heads/main`",
  });
}

function line(bytes: Buffer): string {
  return bytes.toString("utf8").trim();
}
