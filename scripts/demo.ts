// `pnpm demo`: prepares the machine, builds what is stale and plays `ces demo`.
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { prepareMachine } from "./machine.ts";
import { root, run } from "./workspace.ts";

prepareMachine();
process.exitCode = buildIfStale() || run(join(root, "bin/ces"), ["demo", ...process.argv.slice(2)]);
