// `pnpm fuzz [receipts] [COUNT] [SEED]`: mutated commands through the guard, or mutated receipts, keys, policies and actions through their
// readers; prints what broke, the slowest judgement, and `N passed, N failed`.
import { fuzzGuard } from "../test/fuzz/guard-commands.ts";
import { fuzzReceipts } from "../test/fuzz/receipt-texts.ts";

const words = process.argv.slice(2).filter((arg) => arg !== "--");
const isReceipts = words[0] === "receipts";
const [count = isReceipts ? "200000" : "1000000", seed = "1"] = isReceipts ? words.slice(1) : words;
const start = performance.now();
const { judged, failures, slowest_ms } = isReceipts ? receipts() : guard();
for (const line of failures) console.log(`FAIL ${line}`);
console.log(
  `slowest judgement ${slowest_ms.toFixed(1)} ms; ${Math.round(judged / ((performance.now() - start) / 1000))} ${isReceipts ? "texts" : "commands"}/s`,
);
console.log(`${judged - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;

function guard() {
  const { broken, ...rest } = fuzzGuard(Number(count), Number(seed));
  const failures = broken.map(
    ({ command, seed: from, why }) => `${why}\n  ${JSON.stringify(command)}\n  from ${JSON.stringify(from)}`,
  );
  return { ...rest, failures };
}

function receipts() {
  const { broken, ...rest } = fuzzReceipts(Number(count), Number(seed));
  return { ...rest, failures: broken.map(({ what, text, why }) => `${what} ${why}\n  ${JSON.stringify(text)}`) };
}
