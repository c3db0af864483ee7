// A plan as an OpenShell policy, version 1. Landlock is a hard requirement: without it the sandbox must not start.
// Source: spec/acta.md §3.3.
import { type Json, utf8Encode } from "@ces/kernel";
import type { LayerPlan } from "./layer-plan.ts";

/** The policy's bytes; JSON is YAML. */
export function openShellPolicy({ read, write, hosts, argv }: LayerPlan): Uint8Array {
  const program = argv[0] ?? "";
  const policy: Json = {
    version: 1,
    filesystem_policy: { include_workdir: false, read_only: [...read], read_write: [...write] },
    landlock: { compatibility: "hard_requirement" },
    process: { run_as_user: "sandbox", run_as_group: "sandbox" },
    network_policies: Object.fromEntries(hosts.map((host, index) => [`host_${index + 1}`, endpoint(host, program)])),
  };
  return utf8Encode(`${JSON.stringify(policy, null, 2)}\n`);
}

// One program to one host: what else runs in the sandbox has no network.
function endpoint(host: string, program: string): Json {
  return {
    name: host,
    endpoints: [{ host, port: 443, protocol: "rest", enforcement: "enforce", access: "full" }],
    binaries: [{ path: program }],
  };
}
