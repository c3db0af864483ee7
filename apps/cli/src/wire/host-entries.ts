// Our own programs that run in processes of their own: the bundled file beside this one, else the source.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HostTools } from "@ces/engine";

/** The bridge inside a box and the gateway outside. Absolute. */
export type HostEntries = Pick<HostTools, "bridge_entry" | "gateway_entry">;

/** Where they are. */
export const hostEntries = (): HostEntries => ({
  bridge_entry: entryFile("packages/execution/sandbox/src/bridge.entry.ts", "bridge.entry.js"),
  gateway_entry: entryFile("packages/execution/gateway/src/gateway.entry.ts", "gateway.entry.js"),
});

function entryFile(source: string, bundled: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, bundled);
  return existsSync(beside) ? beside : join(here, "../../../..", source);
}
