// Hardened mode: each command in boxes that show what it declared and nothing else.
import {
  limits,
  type CommandContract,
  type ContractCommand,
  type CscPolicy,
  type ReceiptBinary,
  type ReceiptSandbox,
} from "@ces/contract";
import { isCesError } from "@ces/kernel";
import type { BoxPlan } from "@ces/sandbox";
import { boxPlan, type BoxGround } from "./box-plan.ts";
import { hasSeatOf, openBoxSeats, type BoxSeats } from "./box-seats.ts";
import { boxSystem, placeRules } from "./box-system.ts";
import type { CommandRunner } from "./command-runner.ts";
import { pipelineExit, refusedBy, signalName, type CommandOutcome, type Ran } from "./command-outcome.ts";
import { findLauncher, findRoomTool, type LauncherTool } from "./find-launcher.ts";
import { judgeCommandNow, type JudgedCommand, type JudgeGround } from "./judged-command.ts";
import { lendOwnership, returnOldLoans } from "./lend-ownership.ts";
import { openNetwork, type OpenNetwork } from "./open-network.ts";
import { provideSecrets } from "./provide-secrets.ts";
import { allPrograms } from "./resolve-program.ts";
import { runInBoxes, type BoxedEnd } from "./run-in-box.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { sandboxProfile, type CommandWalls } from "./sandbox-profile.ts";
import { surveyWritable, writeDelta, type Survey } from "./write-delta.ts";
import { redactSecrets, type SecretValue } from "./redact-secrets.ts";

const BROKEN_PIPE = 128 + 13;

/** What a run of one contract keeps while it goes. */
type Going = {
  readonly contract: CommandContract;
  readonly ground: JudgeGround;
  readonly ports: RunnerPorts;
  readonly seats: BoxSeats;
  readonly tools: LauncherTool[];
  readonly walls: CommandWalls[];
  readonly held: Set<string>;
  readonly notHeld: Set<string>;
};

/** The runner for one contract. Throws CesError `WALLS_UNAVAILABLE` with the remedy when this machine cannot hold the walls. */
export async function hardenedRunner(
  contract: CommandContract,
  policy: CscPolicy,
  run: string,
  ports: RunnerPorts,
): Promise<CommandRunner> {
  const tools = [await findLauncher(ports)];
  if (contract.commands.some(({ network }) => network === "allowlisted")) tools.push(await findRoomTool());
  returnOldLoans(ports.folders.loans, (uid) => hasSeatOf(ports.folders.boxes, uid));
  const system = boxSystem();
  const rules = placeRules(system, ports);
  const going: Going = {
    contract,
    ground: { policy, config: ports.config, system, rules, contract: contract.commands },
    ports,
    seats: openBoxSeats(ports.folders.boxes, run),
    tools,
    walls: [],
    held: new Set(),
    notHeld: new Set(),
  };
  return {
    check: (command) => check(command, going),
    run: (command, beforeStart) => runOne(command, beforeStart, going),
    sandbox: () => sandboxOf(going),
    close: () => going.seats.clear("unknown"),
  };
}

// What is merely missing may be made by an earlier command; what leads outside, or is not allowed, no command makes right.
function check(command: ContractCommand, { ground }: Going): ReturnType<CommandRunner["check"]> {
  const judged = judgeCommandNow(command, ground);
  return judged.kind === "refused" && judged.status === "blocked" ? judged : undefined;
}

async function runOne(command: ContractCommand, beforeStart: () => void, going: Going): Promise<CommandOutcome> {
  const judged = judgeCommandNow(command, going.ground);
  if (judged.kind === "refused") return judged;
  let started = false;
  let end: "known" | "unknown" = "known";
  try {
    return await runJudged(command, judged, going, () => {
      beforeStart();
      started = true;
    });
  } catch (error) {
    end = "unknown";
    // Walls that do not stand are a refusal as long as nothing was started; everything else is told by whoever called.
    if (started || !isCesError(error)) throw error;
    return refusedBy(error);
  } finally {
    await going.seats.clear(end);
  }
}

async function runJudged(
  command: ContractCommand,
  judged: JudgedCommand,
  going: Going,
  beforeStart: () => void,
): Promise<Ran> {
  const { ports, ground, seats } = going;
  const secrets = await provideSecrets(command.secret_refs, { providers: ports.config.secrets, env: ports.env });
  const loan = lendOwnership(judged.places.grants, seats.user, {
    folder: ports.folders.loans,
    keepOut: ports.keepOut,
  });
  try {
    const written = judged.places.grants.filter(({ access }) => access === "write");
    const before = surveyWritable(written);
    const network = await openNetwork(command.network, ground.policy, roomGround(judged, command, going), ports);
    try {
      const plans = plansOf(judged, { command, secrets, network, before }, going);
      going.walls.push({ command_id: command.id, plans });
      const started_at = ports.clock.now();
      const end = await runInBoxes({
        plans,
        expected: judged.segments.map(({ program }) => ({
          grants: [...judged.places.grants, ...judged.places.pins],
          programs: allPrograms([program]).map(({ file }) => file),
        })),
        timeout_ms: command.timeout_sec * 1000,
        keep: { stdout: limits.stdout_bytes, stderr: limits.stderr_bytes },
        beforeStart,
        ...(ports.signal === undefined ? {} : { signal: ports.signal }),
      });
      const ended_at = ports.clock.now();
      note(end, judged, going);
      return {
        kind: "ran",
        ...exitOf(end),
        ...(end.why === undefined ? {} : { why: end.why }),
        started_at,
        ended_at,
        stdout: redacted(end.stdout, secrets),
        stderr: redacted(end.stderr, secrets),
        delta: writeDelta(written, before),
        binaries: binariesOf(command, judged),
        network: network.observed(),
        network_used: network.used(),
        secrets: secrets.map(({ name }) => name),
      };
    } finally {
      await network.close();
    }
  } finally {
    loan.giveBack();
  }
}

type Opened = {
  readonly command: ContractCommand;
  readonly secrets: readonly SecretValue[];
  readonly network: OpenNetwork;
  readonly before: Survey;
};

function plansOf(judged: JudgedCommand, opened: Opened, { ground, ports, seats, tools }: Going): readonly BoxPlan[] {
  const shared: BoxGround = {
    ...opened,
    judged,
    policy: ground.policy,
    config: ports.config,
    system: ground.system,
    env: ports.env,
    keepOut: ports.keepOut,
    bwrap: tools[0]?.path ?? "",
  };
  return judged.segments.map((segment, at) => boxPlan(shared, segment, seats.take(`${at}`)));
}

function roomGround(judged: JudgedCommand, command: ContractCommand, going: Going): Parameters<typeof openNetwork>[2] {
  const seat = going.seats.take("net");
  const { system, config, policy } = going.ground;
  const [segment] = judged.segments;
  if (segment === undefined) throw new Error("a command has no segment");
  const ground: BoxGround = {
    command: { ...command, env_allow: [] },
    judged: { ...judged, places: { ...judged.places, grants: [], pins: [], masks: [], bareCwd: false } },
    policy,
    config,
    system: { ...system, covers: [] },
    env: {},
    secrets: [],
    network: { env: {} },
    keepOut: going.ports.keepOut,
    bwrap: going.tools[0]?.path ?? "",
    before: { bytes: 0, names: 0 },
  };
  const plan = boxPlan(ground, { ...segment, view: { shows: "system", tools: [], links: [], reads: [] } }, seat);
  const { command: _command, goOn: _goOn, startShell: _shell, network: _network, room: _room, ...rest } = plan;
  const limits_ = { ...rest.limits, wall_ms: rest.limits.wall_ms + 10_000 };
  const { data_bytes: _data, cpu_seconds: _cpu, ...unbound } = limits_;
  return { plan: { ...rest, cwd: "/", limits: unbound }, gate: seat.gate };
}

function exitOf({ codes }: BoxedEnd): Pick<Ran, "exit_code" | "signal" | "segment_exit_codes"> {
  const exit_code = pipelineExit(codes, BROKEN_PIPE);
  const signal = exit_code > 128 ? signalName(exit_code - 128) : undefined;
  return {
    exit_code,
    ...(signal === undefined ? {} : { signal }),
    ...(codes.length === 1 ? {} : { segment_exit_codes: codes }),
  };
}

function redacted(captured: Ran["stdout"], secrets: readonly SecretValue[]): Ran["stdout"] {
  return { ...captured, kept: redactSecrets(captured.kept, secrets, captured.truncated) };
}

function binariesOf(command: ContractCommand, judged: JudgedCommand): readonly ReceiptBinary[] {
  return judged.segments.map(({ argv, program }, segment) => ({
    command_id: command.id,
    segment,
    argv0: argv[0] ?? "",
    path: program.file.path,
    sha256: program.file.sha256,
  }));
}

function note(end: BoxedEnd, judged: JudgedCommand, going: Going): void {
  for (const name of end.held) going.held.add(name);
  for (const name of end.not_held) going.notHeld.add(name);
  for (const { argv, view } of judged.segments)
    if (view.shows === "system")
      going.notHeld.add(
        `programs: \`${argv[0] ?? ""}\` runs the project's own scripts and sees every program of the system`,
      );
}

function sandboxOf({ walls, tools, held, notHeld, ports }: Going): ReceiptSandbox | undefined {
  if (walls.length === 0) return undefined;
  return {
    profile_sha256: sandboxProfile(walls, tools, ports.crypto),
    tools,
    held: [...held].toSorted(),
    not_held: [...notHeld].toSorted(),
  };
}
