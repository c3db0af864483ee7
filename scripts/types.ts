// `pnpm types`: registries first, then the two programs. TypeScript 7 has no API; it is a program and is run as one.
import { generateRegistries } from "./registry.ts";
import { run } from "./workspace.ts";

generateRegistries();
process.exitCode = run("tsc", ["-b", "tsconfig.pure.json", "tsconfig.io.json", ...process.argv.slice(2)]);
