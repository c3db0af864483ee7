// `pnpm fuzz [COUNT] [SEED]`: mutated commands through the guard; prints what broke, the slowest judgement, and `N passed, N failed`.
import { fuzzGuard } from "../test/fuzz/guard-commands.ts";

const [count = "1000000", seed = "1"] = process.argv.slice(2).filter((arg) => arg !== "--");
const start = performance.now();
const { judged, broken, slowest_ms } = fuzzGuard(Number(count), Number(seed));
for (const { command, seed: from, why } of broken)
  console.log(`FAIL ${why}\n  ${JSON.stringify(command)}\n  from ${JSON.stringify(from)}`);
console.log(
  `slowest judgement ${slowest_ms.toFixed(1)} ms; ${Math.round(judged / ((performance.now() - start) / 1000))} commands/s`,
);
console.log(`${judged - broken.length} passed, ${broken.length} failed`);
process.exitCode = broken.length === 0 ? 0 : 1;
