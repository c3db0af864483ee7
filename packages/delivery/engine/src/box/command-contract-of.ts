// The command contract of a box, from its work order: what CES itself starts is asked of a policy in the same words as what an agent asks for.
import {
  type CommandContract,
  contractProblems,
  type EffectType,
  type NetworkMode,
  type RiskClass,
} from "@ces/contract";
import { CesError, printable } from "@ces/kernel";
import type { Manifest, Purpose, WorkOrder } from "@ces/records";
import { INSIDE } from "@ces/sandbox";
import { plainJson } from "../plain-json.ts";
import type { BoxShape } from "./open-box.ts";

/** The walls of a box as far as a contract speaks of them. */
export type ContractedWalls = Pick<
  BoxShape,
  | "command"
  | "cwd"
  | "tools"
  | "tree"
  | "home"
  | "places"
  | "sealed"
  | "files"
  | "gates"
  | "bridge"
  | "network"
  | "limits"
>;

/** What the format can say at most. Seconds; `openBox` holds the box to it. */
export const LONGEST_SECONDS = 86_400;

/**
 * The contract, with paths as the box shows them. `env_allow` is empty: a box inherits nothing, its variables are set by CES. Throws CesError
 * COMMAND_CONTRACT_REFUSED for a plan that the format cannot say (NUL, `..`).
 */
export function commandContractOf(
  order: WorkOrder,
  manifest: Pick<Manifest, "owner" | "risk_tier">,
  walls: ContractedWalls,
): CommandContract {
  const what = printable(`${order.purpose}: ${order.label}`, { max: 900 });
  const contract: CommandContract = {
    version: "csc.v0.1",
    contract_id: `command-${order.run_id}`,
    intent: what,
    actor: {
      agent_id: "ces",
      session_id: order.delivery_id,
      initiating_user: printable(manifest.owner, { max: 200 }) || "unknown",
      delegation_scope: `manifest sha256:${order.manifest_hash}, attempt ${order.attempt}`,
    },
    commands: [
      {
        id: order.run_id,
        exec: { argv: walls.command.map(sayable) },
        cwd: plainPath(walls.cwd),
        read_paths: shownPaths(walls),
        write_paths: writablePaths(walls),
        network: networkOf(walls),
        env_allow: [],
        secret_refs: (walls.sealed ?? []).map(({ inside }) => inside),
        timeout_sec: Math.min(Math.max(Math.ceil(walls.limits.wall_ms / 1000), 1), LONGEST_SECONDS),
        proposed_effect_type: effectOf[order.purpose],
      },
    ],
    risk_class: riskOf[manifest.risk_tier],
    // People decide about the delivery: its gate is the manifest's, and nothing merges without it.
    approval_mode: "policy_only",
    expected_outputs: [],
    justification: reasonOf[order.purpose],
  };
  const [problem] = contractProblems(plainJson(contract));
  if (problem === undefined) return contract;
  throw new CesError("COMMAND_CONTRACT_REFUSED", `no command contract can be made for ${what}: ${problem.text}`, {
    remedy: "ces explain",
  });
}

const effectOf: Readonly<Record<Purpose, EffectType>> = {
  implement: "mutate_repo",
  correct: "mutate_repo",
  check: "observe",
  review: "observe",
  probe: "observe",
};

const reasonOf: Readonly<Record<Purpose, string>> = {
  implement: "the sealed manifest asks for this change; what is left in the tree is frozen, checked and decided on",
  correct: "the sealed manifest asks for a correction of what was found",
  check: "the sealed manifest names this check; its tree is thrown away",
  review: "a second reader is asked about the candidate; nothing that it writes is kept",
  probe: "the walls or a program are tried before they are relied on",
};

const riskOf: Readonly<Record<Manifest["risk_tier"], RiskClass>> = { A: "high", B: "medium", C: "low" };

const networkOf = ({ network }: ContractedWalls): NetworkMode =>
  network === undefined ? "deny" : network.kind === "host" ? "full" : "allowlisted";

/** The format knows no empty word, which clients take (`--setting-sources ''`). One of quotes alone gets two more, so that no two are said alike. */
function sayable(word: string): string {
  const quotes = /^(?:'')*$/.test(word);
  return quotes ? `${word}''` : word;
}

function shownPaths({ tools, gates, bridge, files, places = [] }: ContractedWalls): readonly string[] {
  return grantable([
    INSIDE.workspace,
    ...["/usr", "/etc"],
    ...[...tools, ...gates].map(({ inside }) => inside),
    ...places.map(({ inside }) => inside),
    ...(bridge === undefined ? [] : [INSIDE.node, INSIDE.bridge]),
    ...Object.keys(files),
  ]);
}

function writablePaths({ tree, home, places = [] }: ContractedWalls): readonly string[] {
  const inTree = [...(tree?.writable ?? []), ...(tree?.scratch ?? [])].map(({ path }) => `${INSIDE.workspace}/${path}`);
  return grantable([
    ...inTree,
    ...(home.kind === "none" ? [] : [INSIDE.home]),
    ...["/tmp", "/dev/shm"],
    ...places.filter(({ access }) => access === "write").map(({ inside }) => inside),
  ]);
}

/** Without repetition, and without what lies in another of them. */
function grantable(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths.map(literalPath))].toSorted();
  const kept: string[] = [];
  for (const path of unique) if (!kept.some((root) => path.startsWith(`${root}/`))) kept.push(path);
  return kept;
}

// A name with `*`, `?` or `[` would be read as a pattern, one with `\\` as two: its folder is named instead. The walls still hold the name.
function literalPath(path: string): string {
  const names = plainPath(path).split("/").slice(1);
  const end = names.findIndex((name) => /[*?[\\]/.test(name));
  return end < 0 ? plainPath(path) : `/${names.slice(0, end).join("/")}`;
}

const plainPath = (path: string): string =>
  `/${path
    .split("/")
    .filter((name) => name !== "" && name !== ".")
    .join("/")}`;
