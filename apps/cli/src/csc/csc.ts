// Where `csc` starts. Beside `main.ts`, so that both share what is loaded.
const words = process.argv.slice(2);
// zod compiles each schema at its first use when it may: dearer than all parsing that one command does.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
process.getBuiltinModule("node:module").enableCompileCache(`${import.meta.dirname}/../.cache`);
const { cscProgram } = await import("./csc-program.ts");
process.exitCode = await cscProgram(words, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});

export {};
