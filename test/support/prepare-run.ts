// Before the first test of a run: registries and entry bundles are brought up to date, the clients are found,
// and the environment is emptied of whatever would make a test depend on the person who runs it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleEntries } from "../../scripts/bundle.ts";
import { findClients } from "../../scripts/clients.ts";
import { generateRegistries } from "../../scripts/registry.ts";

const kept = /^CES_(REQUIRE_|TEST_|TALLY_)/;
const foreign = /^(CES_|ANTHROPIC_|OPENAI_|CLAUDE|CODEX_|GIT_|XDG_STATE_HOME$|XDG_CONFIG_HOME$|XDG_DATA_HOME$)/;

/** Vitest calls this once, before it starts a worker; the answer is its teardown. */
export async function setup(): Promise<() => void> {
  const clients = findClients();
  isolateEnvironment();
  const home = mkdtempSync(join(tmpdir(), "ces-test-home-"));
  Object.assign(process.env, {
    XDG_STATE_HOME: join(home, "state"),
    XDG_CONFIG_HOME: join(home, "config"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ...(clients && { CES_TEST_CLAUDE_BIN: clients.claude, CES_TEST_CODEX_BIN: clients.codex }),
  });
  generateRegistries();
  await bundleEntries();
  return () => rmSync(home, { recursive: true, force: true });
}

// SECURITY: no test can spend a real key or reach a real vendor by way of the environment it was started in.
function isolateEnvironment(): void {
  for (const name of Object.keys(process.env)) if (foreign.test(name) && !kept.test(name)) delete process.env[name];
}
