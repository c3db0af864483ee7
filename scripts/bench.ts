// `pnpm bench [NAME…] [--long] [--json]`: runs the measurements of test/bench one after another, each in a process of its own.
// A measurement prints its table (one JSON line with `--json`) and ends with 0 when every bar of DESIGN §8 it covers is held.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { machine } from "../test/bench/figures.ts";
import { buildIfStale } from "./build.ts";
import { filesBelow, root } from "./workspace.ts";

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const asJson = options.includes("--json");
const all = filesBelow(join(root, "test/bench")).filter((file) => file.endsWith(".bench.ts"));
const chosen = all.filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));

/** How one measurement ended; `document` is its JSON line, null when it broke down. */
type Ended = { readonly name: string; readonly held: boolean; readonly document: unknown };

function take(file: string): Ended {
  const args = ["--expose-gc", join(root, "test/bench", file), ...options];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", asJson ? "pipe" : "inherit", "inherit"],
  });
  const text = asJson ? stdout.trim() : "";
  return { name: file.replace(".bench.ts", ""), held: status === 0, document: text === "" ? null : JSON.parse(text) };
}

function main(): number {
  const built = buildIfStale();
  if (built !== 0) return built;
  const facts = machine();
  if (!asJson) console.log(`${facts.cores} cores, ${facts.cpu}, node ${facts.node}, ${facts.platform}`);
  const ended = chosen.map(take);
  const missed = ended.filter(({ held }) => !held);
  if (asJson) console.log(JSON.stringify({ schema: "ces.bench/v1", machine: facts, measurements: ended }, null, 2));
  else console.log(`\n${ended.length - missed.length} held, ${missed.length} missed`);
  if (chosen.length === 0) console.error("bench: no such measurement in test/bench");
  return chosen.length === 0 || missed.length > 0 ? 1 : 0;
}

process.exitCode = main();
