// Clients of this machine: found by the user's word or PATH, outside projects, driven only in versions that were tested (S24).
import type { RuntimeChoice } from "@ces/engine";
import type { KnownPrograms } from "@ces/files";
import type { RuntimeName } from "@ces/records";
import { runtimeNamed, supportedVersion } from "@ces/runtimes";
import { askProgram, type ProgramAnswer, resolveTool, type ToolSearch } from "@ces/sandbox";
import { allowProbe } from "./allow-probe.ts";
import type { Place, Project } from "./open-project.ts";

/** What finding a client needs of a project. `known` spares asking the same file for its version again. */
interface Finding {
  readonly config: Project["config"];
  readonly repository: Pick<Project["repository"], "root">;
  readonly known?: KnownPrograms;
}

/** Finds, judges and probes one client. Nothing of the project is run. */
export async function findRuntime(place: Place, project: Finding, name: RuntimeName): Promise<RuntimeChoice> {
  // A change of dependencies is no client's: nothing is ever looked for under this name.
  if (name === "install") return noClient;
  const runtime = runtimeNamed(name);
  if (name === "replay")
    return { kind: "found", found: { runtime, binary: process.execPath, version: runtime.tested[0] ?? "" } };
  const override = place.env[`CES_${name.toUpperCase()}_BIN`] ?? project.config.binaries?.[name];
  const search = { path: place.env["PATH"] ?? "", forbiddenRoots: [project.repository.root] };
  const program = resolveTool(name, override === undefined ? search : { ...search, override });
  if (program.kind === "missing")
    return missing(
      name,
      program.skipped.map(({ path, why }) => `${path} ${why}`),
    );
  for (const candidate of runtime.nativeBinaries(program.tool.path)) {
    const judged = await judge(name, candidate, {
      search,
      accepted: project.config.accept_versions?.[name] ?? [],
      known: project.known,
    });
    if (judged !== undefined) return judged;
  }
  return missing(name, [`no native binary beside ${program.tool.path}`]);
}

interface JudgeWith {
  readonly search: ToolSearch;
  /** Versions that the user's own configuration accepts. */
  readonly accepted: readonly string[];
  readonly known: KnownPrograms | undefined;
}

async function judge(
  name: Exclude<RuntimeName, "install">,
  candidate: string,
  { search, accepted, known }: JudgeWith,
): Promise<RuntimeChoice | undefined> {
  const native = resolveTool(name, { ...search, override: candidate });
  if (native.kind === "missing") return undefined;
  const runtime = runtimeNamed(name);
  const { path } = native.tool;
  let contract: ProgramAnswer["contract"] | undefined;
  const ask = async (): Promise<string | undefined> => {
    const question = { program: path, args: runtime.versionArgs, env: { HOME: "/nonexistent" }, timeout_ms: 10_000 };
    const answer = await askProgram(question, allowProbe(path));
    contract = answer.contract;
    return answer.said;
  };
  const said = await (known === undefined ? ask() : known.recall(path, runtime.versionArgs.join(" "), ask));
  if (said === undefined) return undefined;
  const support = supportedVersion(runtime, said, accepted);
  if (support.kind === "refused")
    return { kind: "missing", code: support.code, text: support.text, remedy: support.remedy };
  const asked = contract === undefined ? {} : { asked_under: contract };
  return { kind: "found", found: { runtime, binary: path, version: support.version, ...asked } };
}

const noClient: RuntimeChoice = {
  kind: "missing",
  code: "RUNTIME_MISSING",
  text: "`install` is no client",
  remedy: "ces deps apply",
};

function missing(name: RuntimeName, skipped: readonly string[]): RuntimeChoice {
  return {
    kind: "missing",
    code: "RUNTIME_MISSING",
    text: `\`${name}\` was not found${skipped.length === 0 ? "" : ` (passed over: ${skipped.join("; ")})`}`,
    remedy: `install ${name}, or set CES_${name.toUpperCase()}_BIN to its native binary`,
  };
}
