// Finding suites by their file and running one of them over a folder.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vectorFault, type CaseResult, type CaseRun, type VectorSuite } from "./suite.ts";

/** Absolute path of the project's copy of all vectors. */
export const vectorsFolder = import.meta.dirname;

const suitesFolder = join(vectorsFolder, "suites");

/** Names of all suites, sorted: each is one file in `suites/`. */
export function suiteNames(): readonly string[] {
  const files = readdirSync(suitesFolder).filter((name) => name.endsWith(".ts"));
  return files.map((name) => name.slice(0, -".ts".length)).sort();
}

/** The suite of that name. Throws CesError `VECTOR_FAULT` that lists the suites. */
export async function loadSuite(name: string): Promise<VectorSuite> {
  const names = suiteNames();
  if (!names.includes(name)) throw vectorFault(`there is no suite \`${name}\`; suites: ${names.join(", ")}`);
  const loaded: { readonly suite?: VectorSuite } = await import(pathToFileURL(join(suitesFolder, `${name}.ts`)).href);
  if (loaded.suite?.name !== name) throw vectorFault(`\`suites/${name}.ts\` exports no suite called \`${name}\``);
  return loaded.suite;
}

/** Runs every case over `dir`, the project's copy unless told. Throws CesError `VECTOR_FAULT` for no case at all or a repeated id. */
export async function runSuite(
  suite: VectorSuite,
  dir: string = join(vectorsFolder, suite.defaultDir),
): Promise<readonly CaseRun[]> {
  const cases = [...suite.cases(dir)];
  if (cases.length === 0) throw vectorFault(`\`${dir}\` holds no cases of \`${suite.name}\``);
  const ids = new Set(cases.map(({ id }) => id));
  if (ids.size !== cases.length) throw vectorFault(`\`${dir}\` holds an id twice`);
  const runs: CaseRun[] = [];
  for (const one of cases) runs.push({ id: one.id, result: await settle(one.run) });
  return runs;
}

// A case that throws has failed; it does not end the run.
async function settle(run: () => CaseResult | Promise<CaseResult>): Promise<CaseResult> {
  try {
    return await run();
  } catch (error) {
    return { kind: "fail", why: `threw ${error instanceof Error ? error.message : String(error)}` };
  }
}
