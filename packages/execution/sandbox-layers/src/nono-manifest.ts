// A plan as nono's capability manifest, version 0.1.0. What is not granted is denied; the network, which is open unless told, is told.
// Source: spec/acta.md §3.2; the manifest's schema is published with nono.
import { type Json, utf8Encode } from "@ces/kernel";
import type { LayerPlan } from "./layer-plan.ts";

/** The manifest's bytes: what is digested is what is handed over. */
export function nonoManifest({ read, write, hosts }: Pick<LayerPlan, "read" | "write" | "hosts">): Uint8Array {
  const manifest: Json = {
    version: "0.1.0",
    filesystem: {
      grants: [
        ...read.map((path) => ({ path, access: "read", type: "directory" })),
        ...write.map((path) => ({ path, access: "readwrite", type: "directory" })),
      ],
    },
    network: hosts.length === 0 ? { mode: "blocked", dns: false } : { mode: "proxy", allow_domains: [...hosts] },
    process: {
      exec_strategy: "supervised",
      signal_mode: "isolated",
      process_info_mode: "isolated",
      ipc_mode: "shared_memory_only",
    },
  };
  return utf8Encode(`${JSON.stringify(manifest, null, 2)}\n`);
}
