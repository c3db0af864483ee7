// The command contract of what is started for no delivery: to try the walls, or to ask a program which version it is.
import { type CommandContract, contractProblems } from "@ces/contract";
import { CesError, type Crypto, type Json, printable } from "@ces/kernel";
import { type AllowedContract, allowedUnder } from "./allowed-under.ts";
import { packPolicy } from "./pack-policy.ts";

/** One start. Paths absolute: those of the box for a canary, the host's for a version. */
export type ProbeStart = {
  /** For people: `the version of claude`. */
  readonly what: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly read_paths: readonly string[];
  readonly write_paths: readonly string[];
  readonly timeout_ms: number;
};

/** Whoever starts a probe asks this first. Throws CesError COMMAND_CONTRACT_REFUSED; nothing is started then. */
export type AllowProbe = (start: ProbeStart) => AllowedContract;

/** `now` in milliseconds since 1970. `found`: absolute paths of programs that were found outside every project (S24). */
export type ProbeGround = { readonly crypto: Crypto; readonly now: () => number; readonly found: readonly string[] };

/** Asks the pack `probe`, with the programs that were found and nothing else added. Throws what `allowedUnder` and `packPolicy` throw. */
export function probeContract(start: ProbeStart, { crypto, now, found }: ProbeGround): AllowedContract {
  const pack = packPolicy("probe", crypto);
  const policy = {
    ...pack,
    allow_commands: [...new Set([...pack.allow_commands, ...found])],
    allowed_read_prefixes: [...new Set([...pack.allowed_read_prefixes, ...found])],
  };
  return allowedUnder(contractOf(start), policy, { crypto, now: now(), remedy: "ces doctor" });
}

function contractOf({ what, argv, timeout_ms, ...scope }: ProbeStart): CommandContract {
  const intent = printable(`probe: ${what}`, { max: 900 });
  const contract: CommandContract = {
    version: "csc.v0.1",
    contract_id: `command-probe-${
      argv[0]
        .split("/")
        .at(-1)
        ?.replaceAll(/[^A-Za-z0-9-]/g, "-") ?? ""
    }`,
    intent,
    actor: { agent_id: "ces", session_id: "probe", initiating_user: "ces", delegation_scope: "no delivery" },
    commands: [
      {
        id: "probe",
        exec: { argv },
        ...scope,
        network: "deny",
        env_allow: [],
        secret_refs: [],
        timeout_sec: Math.max(1, Math.ceil(timeout_ms / 1000)),
        proposed_effect_type: "observe",
      },
    ],
    risk_class: "low",
    approval_mode: "policy_only",
    expected_outputs: [],
    justification: "the walls or a program are tried before they are relied on",
  };
  const [problem] = contractProblems(contract as unknown as Json); // the reader takes any JSON
  if (problem === undefined) return contract;
  throw new CesError("COMMAND_CONTRACT_REFUSED", `no command contract can be made for ${intent}: ${problem.text}`, {
    remedy: "ces doctor",
  });
}
