// A driver of a project in a process of its own: signs receipts into the project's one chain, `count` of them or until it is killed.
// Arguments: the state folder, a name, how many (0: for ever). Says how many were stored as one JSON line.
import { join } from "node:path";
import { projectChain } from "../../../apps/cli/src/wire/project-chain.ts";
import { nodeCrypto, randomBytes } from "../../../packages/platform/crypto-node/src/index.ts";
import { commitSigned, subjectOf } from "../../../packages/delivery/engine/src/index.ts";
import { openKeys } from "../../../packages/platform/keys/src/index.ts";
import { ledgerSealer } from "../../../packages/control/ledger/src/index.ts";
import { openStore } from "../../../packages/platform/store/src/index.ts";
import { DECISION_TYPE } from "../../../packages/execution/receipts/src/index.ts";

const clock = {
  now: () => new Date().toISOString(),
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** The store and the keys of a state folder, as `ces` opens them. */
export function openState(directory: string) {
  const keys = openKeys(directory);
  const parts = {
    crypto: nodeCrypto,
    random: randomBytes,
    project_id: "p".repeat(32),
    keys: keys.ledger,
    signer: keys.signer,
    ring: keys.ring,
  };
  const place = { file: join(directory, "state.db"), head_file: join(directory, "head") };
  const store = openStore({ ...place, sealer: ledgerSealer(parts), clock, random: randomBytes });
  return { store, keys };
}

/** Signs decisions until there are `count`. */
export function sign(directory: string, name: string, count: number, begun: () => void = () => undefined): number {
  const { store, keys } = openState(directory);
  const ctx = { store, clock, crypto: nodeCrypto, receipts: projectChain({ store, keys }) };
  let stored = 0;
  for (const many = count === 0 ? Number.POSITIVE_INFINITY : count; stored < many; stored += 1) {
    const body = { name, stored, filler: "x".repeat(2000) };
    const id = `${name}/${stored}`;
    const { about, digest } = subjectOf({ random: randomBytes, crypto: nodeCrypto }, "decision", { id, body });
    commitSigned(
      ctx,
      {
        delivery_id: null,
        expected_version: null,
        fence: null,
        snapshot: null,
        entries: [],
        effects: [],
        effects_done: [],
        rows: [{ kind: "decision", id, delivery_id: null, body }],
      },
      [
        {
          about,
          draft: {
            type: DECISION_TYPE,
            tool_name: "command:Bash",
            decision: "allow",
            reason: "SCOPE_INSIDE",
            agent_id: name,
            observed_by: "client",
            policy_id: "ces.policy",
            policy_engine: "ces.tool-gate",
            policy_digest: `sha256:${"a".repeat(64)}`,
            row_digest: digest,
            sandbox_backend: "ces_walls",
            sandbox_state: "unavailable",
            sandbox_observed: [],
          },
        },
      ],
    );
    if (stored === 0) begun();
  }
  store.close();
  return stored;
}
