// Local mode: the scope is judged before the start and not enforced afterwards. Nothing here is a wall, and the receipt says so by its mode.
import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { argvsOf, limits, type CommandContract, type ContractCommand, type CscPolicy } from "@ces/contract";
import type { CommandRunner } from "./command-runner.ts";
import {
  blocked,
  blockedPath,
  EXIT,
  notStarted,
  pipelineExit,
  signalName,
  type CommandOutcome,
  type Refusal,
} from "./command-outcome.ts";
import { grantScope, type Grant } from "./grant-scope.ts";
import { inheritedEnv } from "./inherited-env.ts";
import { readProgramFile } from "./program-file.ts";
import { findProgram } from "./resolve-program.ts";
import { resolveCwd } from "./resolve-cwd.ts";
import { runLocally, type LocalSegment } from "./run-local.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { surveyWritable, writeDelta } from "./write-delta.ts";
import { realPathOf } from "./real-path.ts";
import { realPrefixes } from "./real-prefixes.ts";

const BROKEN_PIPE = -13;

/** The runner for one contract. */
export function localRunner(_contract: CommandContract, policy: CscPolicy, ports: RunnerPorts): CommandRunner {
  return {
    // As the reference: what a later command declares is judged when its turn comes.
    check: () => undefined,
    run: (command, beforeStart) => runOne(command, policy, ports, beforeStart),
    sandbox: () => undefined,
    close: async () => undefined,
  };
}

type Judged = {
  readonly kind: "judged";
  readonly cwd: string;
  readonly writes: readonly Grant[];
  readonly segments: readonly LocalSegment[];
};

async function runOne(
  command: ContractCommand,
  policy: CscPolicy,
  ports: RunnerPorts,
  beforeStart: () => void,
): Promise<CommandOutcome> {
  const judged = judge(command, policy, ports);
  if (judged.kind === "refused") return judged;
  const before = surveyWritable(judged.writes);
  const started_at = ports.clock.now();
  const end = await runLocally({
    segments: judged.segments,
    cwd: judged.cwd,
    env: inheritedEnv(command.env_allow, ports.env, { path: ports.env["PATH"] ?? "", policy }),
    timeout_ms: command.timeout_sec * 1000,
    keep: { stdout: limits.stdout_bytes, stderr: limits.stderr_bytes },
    beforeStart,
    ...(ports.signal === undefined ? {} : { signal: ports.signal }),
  });
  const exit_code = pipelineExit(end.codes, BROKEN_PIPE);
  const signal = exit_code < 0 ? signalName(-exit_code) : undefined;
  return {
    kind: "ran",
    exit_code,
    ...(signal === undefined ? {} : { signal }),
    ...(end.why === undefined ? {} : { why: end.why }),
    started_at,
    ended_at: ports.clock.now(),
    stdout: end.stdout,
    stderr: end.stderr,
    ...(end.codes.length === 1 ? {} : { segment_exit_codes: end.codes }),
    delta: writeDelta(judged.writes, before),
    binaries: judged.segments.flatMap(({ file, argv }, segment) => {
      const read = readProgramFile(realOf(file));
      if (read === undefined) return [];
      return [{ command_id: command.id, segment, argv0: argv[0] ?? "", path: read.path, sha256: read.sha256 }];
    }),
    // Nothing was watched: what was asked for is all that is known.
    network: { mode: command.network, observed: [] },
    network_used: command.network !== "deny",
    secrets: [],
  };
}

function judge(command: ContractCommand, policy: CscPolicy, ports: RunnerPorts): Judged | Refusal {
  if (command.secret_refs.length > 0)
    return blocked("SECRET_NEEDS_BOX", "secrets are delivered into a box only: use hardened mode");
  const real = realPrefixes(policy);
  const cwd = resolveCwd(command.cwd, real.cwd);
  if (cwd.kind === "refused") return blockedPath("CWD_NOT_ALLOWED", cwd.why);
  if (cwd.kind === "missing") return notStarted("CWD_MISSING", cwd.why, EXIT.notExecutable);
  const writes: Grant[] = [];
  for (const [paths, access, prefixes] of [
    [command.read_paths, "read", real.read],
    [command.write_paths, "write", real.write],
  ] as const) {
    for (const path of paths) {
      const answer = grantScope(path, { access, prefixes });
      if (answer.kind === "refused")
        return blockedPath(
          access === "read" ? "READ_SCOPE_DENIED" : "WRITE_SCOPE_DENIED",
          `${access} scope ${answer.why}`,
        );
      if (answer.kind === "granted" && access === "write") writes.push(...answer.grants);
    }
  }
  const segments = segmentsOf(command, cwd.path, ports);
  return "kind" in segments ? segments : { kind: "judged", cwd: cwd.path, writes, segments };
}

// The runner's own PATH, as in the reference: without walls a list of folders would promise what nothing holds.
function segmentsOf(command: ContractCommand, cwd: string, ports: RunnerPorts): readonly LocalSegment[] | Refusal {
  const segments: LocalSegment[] = [];
  const path = (ports.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  for (const argv of argvsOf(command)) {
    const [argv0 = ""] = argv;
    if (argv.some((word) => word.includes("\0"))) return blocked("ARGUMENT_NUL", "an argument holds NUL");
    const file = findProgram(argv0, { path, cwd });
    if (file === undefined && isFolder(argv0, cwd))
      return notStarted("PROGRAM_NOT_EXECUTABLE", `\`${argv0}\` is a folder`, EXIT.notExecutable);
    if (file === undefined) return notStarted("PROGRAM_NOT_FOUND", `\`${argv0}\` was not found`, EXIT.notFound);
    if (!isExecutable(file))
      return notStarted("PROGRAM_NOT_EXECUTABLE", `\`${argv0}\` cannot be executed`, EXIT.notExecutable);
    segments.push({ file, argv });
  }
  return segments;
}

// A folder is there and cannot be executed; a name without a slash is searched, and folders are no hits.
function isFolder(argv0: string, cwd: string): boolean {
  if (!argv0.includes("/")) return false;
  try {
    return statSync(resolve(cwd, argv0)).isDirectory();
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function realOf(file: string): string {
  const real = realPathOf(file);
  return real.kind === "there" ? real.path : file;
}
