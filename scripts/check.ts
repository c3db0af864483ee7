// `pnpm check`: everything that must hold before a change is shown to anyone. `--static` leaves the tests out.
import { generateRegistries } from "./registry.ts";
import { run, runScript } from "./workspace.ts";

const steps: readonly { name: string; run: () => number }[] = [
  { name: "format", run: () => run("oxfmt", ["--check"]) },
  { name: "lint", run: () => run("oxlint", ["--deny-warnings"]) },
  { name: "types", run: () => runScript("types") },
  { name: "knip", run: () => run("knip", ["--no-progress", "--no-config-hints"]) },
];

generateRegistries();
const failed = steps.filter((step) => {
  const code = step.run();
  console.log(`check ${step.name}: ${code === 0 ? "ok" : "FAILED"}`);
  return code !== 0;
});
const tests = process.argv.includes("--static") ? 0 : runScript("test");
if (failed.length > 0) console.log(`check: failed: ${failed.map((step) => step.name).join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : tests;
