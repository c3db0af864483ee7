// Where `ces` starts. `--version` is answered before anything else is loaded; all the rest is `program.ts`.
import { VERSION } from "./version.ts";

const [first, ...rest] = process.argv.slice(2);

if ((first === "--version" || first === "-V") && rest.length === 0) process.stdout.write(`${VERSION}\n`);
else {
  // zod compiles each schema at its first use when it may: dearer than all parsing that one command does.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
  // Compiled code is kept beside the program, where only whoever may replace the program can write: it grants nothing new.
  process.getBuiltinModule("node:module").enableCompileCache(`${import.meta.dirname}/../.cache`);
  await import("./program.ts").then(({ program }) => program(process.argv.slice(2)));
}
