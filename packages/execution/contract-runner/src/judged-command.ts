// One command as the disk stands now: its places, its programs. Done for all commands before the first of them runs, and again for each
// right before it is started, because an earlier one may have changed what is there (F-02).
import { argvsOf, type ContractCommand, type CscPolicy } from "@ces/contract";
import type { SystemView } from "@ces/sandbox";
import { blocked, EXIT, notStarted, type Refusal } from "./command-outcome.ts";
import { declaredPlaces, type DeclaredPlaces, type PlaceRules } from "./declared-places.ts";
import { resolveProgram, type Program } from "./resolve-program.ts";
import type { RunnerConfig } from "./runner-config.schema.ts";
import { programView, type ProgramView } from "./shown-programs.ts";

/** One process of a command. */
export type Segment = { readonly argv: readonly string[]; readonly program: Program; readonly view: ProgramView };

/** A command that may be started. */
export type JudgedCommand = {
  readonly kind: "judged";
  readonly places: DeclaredPlaces;
  readonly segments: readonly Segment[];
};

/** What commands are judged by. */
export type JudgeGround = {
  readonly policy: CscPolicy;
  readonly config: RunnerConfig;
  readonly system: SystemView;
  readonly rules: PlaceRules;
  /** Programs may not lie in what any command of the contract writes. */
  readonly contract: readonly ContractCommand[];
};

/** Judges one command. Never throws. */
export function judgeCommandNow(command: ContractCommand, ground: JudgeGround): JudgedCommand | Refusal {
  const places = declaredPlaces(command, ground.policy, ground.rules);
  if (places.kind === "refused") return places;
  const search = { path: ground.config.path, cwd: places.cwd.path, writable: writtenRoots(ground) };
  const segments: Segment[] = [];
  for (const argv of argvsOf(command)) {
    const [argv0 = ""] = argv;
    if (argv.some((word) => word.includes("\0"))) return blocked("ARGUMENT_NUL", "an argument holds NUL");
    const answer = resolveProgram(argv0, search);
    if (answer.kind === "refused") return blocked("BINARY_NOT_ALLOWED", answer.why);
    if (answer.kind === "not_found") return notStarted("PROGRAM_NOT_FOUND", answer.why, EXIT.notFound);
    if (answer.kind === "not_executable") return notStarted("PROGRAM_NOT_EXECUTABLE", answer.why, EXIT.notExecutable);
    const unpinned = pinObjection(argv0, answer.program, ground.policy);
    if (unpinned !== undefined) return blocked("BINARY_NOT_ALLOWED", unpinned);
    segments.push({ argv, program: answer.program, view: programView(answer.program, argv0, { ...ground, search }) });
  }
  return { kind: "judged", places, segments };
}

function writtenRoots({ contract, policy, rules }: JudgeGround): readonly string[] {
  return contract.flatMap((command) => {
    const places = declaredPlaces(command, policy, rules);
    if (places.kind === "refused") return [];
    return places.grants.filter(({ access }) => access === "write").map(({ source }) => source);
  });
}

function pinObjection(argv0: string, { file }: Program, { allowed_binaries: pins }: CscPolicy): string | undefined {
  if (pins === undefined) return undefined;
  const pin = Object.hasOwn(pins, argv0) ? pins[argv0] : undefined;
  if (pin !== undefined && pin.path === file.path && pin.sha256 === file.sha256) return undefined;
  return `\`${argv0}\` is \`${file.path}\` (${file.sha256}), which \`allowed_binaries\` does not name`;
}
