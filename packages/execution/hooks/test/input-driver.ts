// A process that reads its standard input as the hook does, and says how much there was.
import { readInputSync } from "../src/read-input.ts";

const [cap = "", milliseconds = ""] = process.argv.slice(2);
const input = readInputSync(0, Number(cap), Number(milliseconds));
process.stdout.write(
  typeof input === "string" ? input : `${input.length} ${String.fromCodePoint(...input.subarray(-1))}`,
);
