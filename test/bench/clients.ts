// The real clients, found as the tests find them.
import { findClients } from "../../scripts/clients.ts";

/** Names the pinned clients in the environment. Throws when they are not installed. */
export function needClients(): void {
  const clients = findClients();
  if (clients === null) throw new Error("the real clients are not installed; run: npx -y pnpm@12 test, with a network");
  process.env["CES_TEST_CLAUDE_BIN"] = clients.claude;
  process.env["CES_TEST_CODEX_BIN"] = clients.codex;
}
