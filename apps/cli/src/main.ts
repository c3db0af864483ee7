// Where `ces` starts. `--version` is answered before anything else is loaded; all the rest is `program.ts`.
import { VERSION } from "./version.ts";

const [first, ...rest] = process.argv.slice(2);

if ((first === "--version" || first === "-V") && rest.length === 0) process.stdout.write(`${VERSION}\n`);
else await import("./program.ts").then(({ program }) => program(process.argv.slice(2)));
