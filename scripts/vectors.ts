// `pnpm vectors SUITE [--dir DIR]`: runs a vector suite over the project's copy or over a folder laid out like it.
// Lists what fails and why, and closes with one line alone: `N passed, N failed`. Exit 0, 1 (a case failed), 2 (could not run).

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isCesError } from "@ces/kernel";
import { type CaseRun, vectorFault, type VectorSuite } from "../test/vectors/suite.ts";
import { loadSuite, runSuite, suiteNames } from "../test/vectors/run-suite.ts";

type Request = { readonly name: string; readonly dir: string | undefined };

function readRequest(args: readonly string[]): Request {
  const { positionals, values } = parse(args);
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) {
    throw vectorFault(`usage: pnpm vectors SUITE [--dir DIR]; suites: ${suiteNames().join(", ")}`);
  }
  // pnpm starts scripts in the root and keeps where the person stood in INIT_CWD.
  return { name, dir: values.dir === undefined ? undefined : resolve(process.env["INIT_CWD"] ?? ".", values.dir) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { dir: { type: "string" } } });
  } catch (error) {
    throw vectorFault(error instanceof Error ? error.message : String(error));
  }
}

function report(suite: VectorSuite, runs: readonly CaseRun[]): number {
  const failed = runs.flatMap(({ id, result }) => (result.kind === "fail" ? [`${id}: ${result.why}`] : []));
  for (const line of failed) console.log(`FAIL ${line}`);
  for (const line of suite.report?.(runs) ?? []) console.log(line);
  console.log(`${runs.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    const { name, dir } = readRequest(process.argv.slice(2).filter((arg) => arg !== "--"));
    const suite = await loadSuite(name);
    return report(suite, await runSuite(suite, dir));
  } catch (error) {
    if (!isCesError(error, "VECTOR_FAULT")) throw error;
    console.error(`vectors: ${error.message}`);
    return 2;
  }
}

process.exitCode = await main();
