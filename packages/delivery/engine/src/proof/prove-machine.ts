// The whole proof: plants the ground, sends every client through every canary, takes everything away again, and gives the record.
import { makeId } from "@ces/kernel";
import type { Proof, ProvedMachine } from "@ces/records";
import type { RuntimeOnHost } from "../context.ts";
import type { Canary } from "./canary.ts";
import { canaries } from "./canary-table.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { plantGround } from "./plant-ground.ts";
import type { ProofPorts } from "./proof-ports.ts";
import { type ClientProof, proveClient } from "./prove-client.ts";

/** What is proved: this machine, through these clients (at least one). `state_dir` is the trust domain that no box may reach. */
export interface ProveMachine {
  readonly machine: ProvedMachine;
  readonly clients: readonly [RuntimeOnHost, ...RuntimeOnHost[]];
  readonly state_dir: string;
  /** The token that stands in the driver's environment while this runs. */
  readonly environment_token: string;
  /** All of them unless told. */
  readonly canaries?: readonly Canary[];
}

/** The record; nothing is stored. A canary that could not be tried is red. */
export async function proveMachine(ports: ProofPorts, asked: ProveMachine): Promise<Proof> {
  const started_at = ports.clock.now();
  const ground = await plantGround({ random: ports.random, ...asked });
  const parts: ClientProof[] = [];
  try {
    // One after the other: their boxes would hear each other at the listeners.
    for (const client of asked.clients)
      parts.push(await proveClient(ports, { client, ground, canaries: asked.canaries ?? canaries }));
  } finally {
    await ground.clear();
  }
  const results = parts.flatMap((part) => part.canaries);
  return {
    schema: "ces.proof/v1",
    proof_id: makeId("PF", ports.random),
    fingerprint: fingerprintOf(asked.machine, ports.crypto),
    machine: asked.machine,
    held: results.length > 0 && results.every(({ held }) => held),
    runtimes: asked.clients.map(({ runtime, version }) => ({ runtime: runtime.name, version })),
    canaries: results,
    not_tried: parts.flatMap((part) => part.not_tried),
    command_contracts: parts.flatMap((part) => part.command_contracts),
    started_at,
    ended_at: ports.clock.now(),
  };
}
