// A process that does one thing with a trash and is killed before its k-th change of the disk; a write that is due is half done.
// argv: home, what, k. It says how many changes there were when it lives to the end.
import { writeSync as write } from "node:fs";
import { interceptWrites } from "./intercept-writes.ts";
import { performs } from "./mortal-deeds.ts";
import { homeAt } from "./home-at.ts";

const [home = "", what = "", at = "0"] = process.argv.slice(2);
let calls = 0;

interceptWrites((name, args, real) => {
  calls += 1;
  if (calls !== Number(at)) return real();
  const [fd, bytes, from = 0] = args;
  if (name === "writeSync" && Buffer.isBuffer(bytes))
    write(Number(fd), bytes, Number(from), (bytes.length - Number(from)) >> 1);
  process.kill(process.pid, "SIGKILL");
  throw new Error("still alive");
});
performs[what]?.(homeAt(home, { command: "mortal" }));
process.stdout.write(String(calls));
