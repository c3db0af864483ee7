// Finds the project's checks in the base commit and seals what they mean (S12, S37): argv plus every file that decides it.
import type { Git } from "@ces/ports";
import type { CheckSpec } from "@ces/records";
import { isCheckDefinition, isTestPath } from "./check-definition.ts";
import { readCheckSources, type CheckSources } from "./check-sources.ts";
import type { FoundCheck } from "./check-words.ts";
import { npmChecks } from "./npm-checks.ts";
import { cargoChecks, goChecks, makeChecks, pythonChecks } from "./other-checks.ts";

/** The base to read. */
export type DetectRequest = { readonly git: Git; readonly baseTree: string };

const DETECTORS = [npmChecks, pythonChecks, goChecks, cargoChecks];
const TIMEOUT_SECONDS = 600;

/** The project's checks, tests first. Data is parsed; nothing of the project is run, imported or evaluated. */
export async function detectChecks({ git, baseTree }: DetectRequest): Promise<CheckSpec[]> {
  const sources = await readCheckSources(git, baseTree);
  const found = DETECTORS.flatMap((detect) => detect(sources));
  // A Makefile usually calls what was found already; it speaks only when nothing else tests.
  const all = found.some((check) => check.kind === "test") ? found : [...makeChecks(sources), ...found];
  const closure = closureOf(sources);
  return all.map((check) => sealed(check, closure));
}

/** The closure of a command that a person gave (`--check`): the same files, in a base without or with detected checks. */
export async function checkClosure({ git, baseTree }: DetectRequest): Promise<CheckSpec["closure"]> {
  return closureOf(await readCheckSources(git, baseTree));
}

function closureOf({ files }: CheckSources): CheckSpec["closure"] {
  return [...files.values()]
    .filter((file) => file.mode !== "160000" && (isCheckDefinition(file.path) || isTestPath(file.path)))
    .map(({ path, oid }) => ({ path, oid }));
}

function sealed(check: FoundCheck, closure: CheckSpec["closure"]): CheckSpec {
  return { ...check, argv: [...check.argv], cwd: ".", origin: "detected", timeout_seconds: TIMEOUT_SECONDS, closure };
}
