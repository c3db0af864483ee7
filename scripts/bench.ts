// `pnpm bench [NAME…]`: runs the measurements of test/bench one after another, each in a process of its own.
// A measurement prints its table and ends with 0 when every bar of DESIGN §8 it covers is held.
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { filesBelow, root, run } from "./workspace.ts";

const wanted = process.argv.slice(2);
const all = filesBelow(join(root, "test/bench")).filter((file) => file.endsWith(".bench.ts"));
const chosen = all.filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));

const built = buildIfStale();
const codes =
  built === 0 ? chosen.map((file) => run(process.execPath, ["--expose-gc", join(root, "test/bench", file)])) : [];
if (chosen.length === 0) console.error("bench: no such measurement in test/bench");
console.log(`${codes.filter((code) => code === 0).length} held, ${codes.filter((code) => code !== 0).length} missed`);
process.exitCode = built || (chosen.length === 0 || codes.some((code) => code !== 0) ? 1 : 0);
