// What a test may need from the machine. A skip is loud and has a reason; where the need was declared
// (CES_REQUIRE_BWRAP=1, CES_REQUIRE_CLIENTS=1, as in CI) the same lack is a failure.
//
//   describe.skipIf(bwrapOrSkip())('the box', () => …)
//   describe.skipIf(clientsOrSkip())('the real clients', () => { const { claude } = clientBinaries() … })
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** True when this machine cannot start bubblewrap, after saying so on stderr. Throws when CES_REQUIRE_BWRAP=1. */
export function bwrapOrSkip(): boolean {
  return skip("CES_REQUIRE_BWRAP", bwrapLack());
}

/** True when the pinned clients are not installed, after saying so on stderr. Throws when CES_REQUIRE_CLIENTS=1. */
export function clientsOrSkip(): boolean {
  return skip("CES_REQUIRE_CLIENTS", clientsLack());
}

/** Absolute paths of the real clients' native binaries. Throws when they are missing: ask `clientsOrSkip` first. */
export function clientBinaries(): { claude: string; codex: string } {
  const lack = clientsLack();
  if (lack) throw new Error(lack);
  return { claude: variable("CES_TEST_CLAUDE_BIN"), codex: variable("CES_TEST_CODEX_BIN") };
}

let bwrapAnswer: { lack: string | null } | undefined;

function bwrapLack(): string | null {
  bwrapAnswer ??= { lack: probeBwrap() };
  return bwrapAnswer.lack;
}

// Installed is not enough: a kernel or container may refuse user namespaces.
function probeBwrap(): string | null {
  const { error, status, stderr } = spawnSync("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "true"], {
    encoding: "utf8",
  });
  if (error) return "bubblewrap is not installed; run: sudo apt-get install -y bubblewrap";
  return status === 0 ? null : `bubblewrap cannot build a box on this machine: ${stderr.trim()}`;
}

function clientsLack(): string | null {
  const missing = ["CES_TEST_CLAUDE_BIN", "CES_TEST_CODEX_BIN"].filter((name) => !existsSync(variable(name)));
  return missing.length === 0
    ? null
    : `the real clients are not installed (${missing.join(", ")}); run: npx -y pnpm@12 test, with a network`;
}

function variable(name: string): string {
  return process.env[name] ?? "";
}

function skip(requirement: string, lack: string | null): boolean {
  if (lack === null) return false;
  if (process.env[requirement] === "1") throw new Error(`${requirement}=1, but ${lack}`);
  process.stderr.write(`\nSKIPPED: ${lack}\n`);
  return true;
}
