// Start-up: what `ces` costs over the bare node it runs on, from the launcher and without it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { REQUEST } from "../support/e2e/client-lab.ts";
import { cesProgram, type ScratchShop, scratchShop } from "../support/e2e/scratch-shop.ts";
import { measure, over, takeTurns } from "./figures.ts";

const ROUNDS = 25;
const main = join(import.meta.dirname, "../../apps/cli/dist/main.js");

await measure("start-up", async () => {
  const shop = await scratchShop();
  try {
    // A replayed delivery: approved, never merged outside the demo, so it ends with 3.
    await shop.ces(["build", REQUEST, "--yes", "--as", "tester", "--runtime", "replay"]);
    return await startUp(shop);
  } finally {
    shop.remove();
  }
});

async function startUp(shop: ScratchShop) {
  const start = (program: string, args: readonly string[]) => () => {
    const end = spawnSync(program, args, { cwd: shop.shop, env: shop.env, stdio: ["ignore", "pipe", "pipe"] });
    if (end.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${end.stderr.toString()}`);
  };
  const node = process.execPath;
  const took = await takeTurns(ROUNDS, {
    bare: start(node, ["-e", "0"]),
    version: start(cesProgram, ["--version"]),
    direct: start(node, [main, "--version"]),
    status: start(cesProgram, ["status", "--json"]),
  });
  return [
    over("ces --version", took.version, took.bare, 20),
    over("ces --version, without the launcher", took.direct, took.bare, 20),
    over("ces status --json, one delivery", took.status, took.bare, 60),
  ];
}
