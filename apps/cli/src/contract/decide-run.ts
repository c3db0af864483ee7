// The decision a run stands on: the same rules as `check`, and what only a run knows — who has approved, what was used up, which files
// the programs are.
import { realpathSync } from "node:fs";
import {
  type ApprovalArtifact,
  type CommandContract,
  type CscPolicy,
  decide,
  type Decided,
  type ExecutionMode,
  guardJudge,
} from "@ces/contract";
import { readConsumption, resolveProgram } from "@ces/contract-runner";
import { nodeCrypto } from "@ces/crypto-node";
import { loadApproval, loadContract, loadPolicy, type Loaded } from "../csc/load-documents.ts";
import { nodeClock } from "../wire/node-clock.ts";
import type { RunnerDomain } from "./runner-domain.ts";

/** The files of a run. */
export type RunFiles = {
  readonly contract: string;
  readonly policy: string;
  readonly approvals: readonly string[];
  readonly mode: ExecutionMode;
};

/** What was read, and the answer. `protect` are the real paths of the files themselves. */
export type DecidedRun = {
  readonly contract: Loaded<CommandContract>;
  readonly policy: Loaded<CscPolicy>;
  readonly decided: Decided;
  readonly protect: readonly string[];
};

/** Reads and decides; what is denied without approvals is denied, and they are not read (spec/csc.md §5). Nothing is consumed. Throws CesError `CSC_…` for a file that is refused. */
export function decideRun(files: RunFiles, domain: RunnerDomain): DecidedRun {
  const policy = loadPolicy(files.policy);
  const contract = loadContract(files.contract);
  const decideWith = (approvals: readonly ApprovalArtifact[]): Decided =>
    decide(contract.value, policy.value, {
      now: nodeClock.epochMs(),
      crypto: nodeCrypto,
      judge: guardJudge,
      mode: files.mode,
      approvals,
      approvers: domain.approvers(),
      alreadyUsed: (id) => readConsumption(domain.folders.approvals, id) !== undefined,
      identityOf: (argv0) => identityOf(argv0, contract.value, domain),
      ...(domain.emergency === undefined ? {} : { emergency: domain.emergency }),
    });
  const alone = decideWith([]);
  const given = alone.decision === "deny" ? [] : files.approvals;
  const decided = given.length === 0 ? alone : decideWith(given.map((path) => loadApproval(path).value));
  const protect = [files.policy, files.contract, ...given].map((path) => realpathSync(path));
  return { contract, policy, decided, protect };
}

function identityOf(argv0: string, contract: CommandContract, { config }: RunnerDomain) {
  const [first] = contract.commands;
  const answer = resolveProgram(argv0, { path: config.path, cwd: first?.cwd ?? "/", writable: [] });
  return answer.kind === "program" ? { path: answer.program.file.path, sha256: answer.program.file.sha256 } : undefined;
}
