// Bundles the app: apps/cli/dist/main.js and csc.js with lazily loaded chunks, and beside it one self-contained file
// for each `*.entry.ts` of any package (a process of its own: the gateway, the bridge in the box).
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, join } from "node:path";
import { parseSync } from "oxc-parser";
import { build, type InlineConfig } from "tsdown";
import { markParts } from "./bundle-parts.ts";
import { lazyModules } from "./lazy-modules.ts";
import { withoutExamples } from "./without-examples.ts";
import { filesBelow, packages, root } from "./workspace.ts";

const dist = join(root, "apps/cli/dist");
const main = join(root, "apps/cli/src/main.ts");
const guard = join(root, "packages/execution/guard/src");
const csc = join(root, "apps/cli/src/csc/csc.ts");
// The native module, the Cedar engine (which reads its wasm beside itself), and what Ink only asks for when a developer sets DEV.
const outside = ["better-sqlite3", "react-devtools-core", "@cedar-policy/cedar-wasm/nodejs"];

/** All `src/**\/*.entry.ts`, as absolute paths, keyed by the name they are emitted under (`gateway.entry`). */
export function entryFiles(): Map<string, string> {
  const found = new Map<string, string>();
  for (const room of packages()) {
    const src = join(root, room.folder, "src");
    for (const file of filesBelow(src).filter((name) => name.endsWith(".entry.ts"))) {
      const name = basename(file, ".ts");
      if (found.has(name))
        throw new Error(`two entry files are named ${name}: ${found.get(name)} and ${join(src, file)}`);
      found.set(name, join(src, file));
    }
  }
  return found;
}

/** SECURITY: what a bundle says of every profile is made true here: an example that fails is no bundle. */
async function proveProfiles(): Promise<void> {
  const { allProfiles, believe } = await import("../packages/execution/guard/src/index.ts");
  const broken = allProfiles.flatMap((profile) => believe(profile) ?? []);
  if (broken.length > 0) throw new Error(`guard profiles do not hold their examples: ${broken.join("; ")}`);
}

/** Bundles the entry files only; a second or two. Returns the emitted files. */
export async function bundleEntries(): Promise<string[]> {
  await proveProfiles();
  const temporary = scratch("entries");
  for (const [name, file] of entryFiles()) {
    await build(
      config({
        entry: { [name]: file },
        outDir: temporary,
        outputOptions: { codeSplitting: false },
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
        plugins: [...plugins, lazyGuard()],
      }),
    );
    assertSelfContained(join(temporary, `${name}.js`));
    markParts(join(temporary, `${name}.js`));
  }
  return publish(temporary);
}

/** Bundles the guard alone into `folder` as `guard.js`, its modules made as late as in the hook: for the test that compares the two. */
export async function bundleLazyGuard(folder: string): Promise<void> {
  const entry = { guard: join(guard, "index.ts") };
  await build(
    config({ entry, outDir: folder, outputOptions: { codeSplitting: false }, plugins: [...plugins, lazyGuard()] }),
  );
}

/** Bundles everything and drops what an earlier build left; `main.js` is replaced last. */
export async function bundle(): Promise<void> {
  const emitted = new Set(await bundleEntries());
  if (existsSync(main)) {
    const temporary = scratch("app");
    await build(
      config({ entry: { main, csc }, outDir: temporary, outputOptions: { chunkFileNames: "[name]-[hash].js" } }),
    );
    for (const file of publish(temporary)) emitted.add(file);
  }
  for (const file of filesBelow(dist)) if (!emitted.has(file) && !file.endsWith(".tmp")) rmSync(join(dist, file));
  // What node compiled of the chunks before; main.ts says where it keeps that.
  dropCompiled(join(dist, "../.cache"));
}

function dropCompiled(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A `ces` that ends right now is writing to it; what it writes is found by content and never wrong.
  }
}

const plugins = [withoutExamples(join(guard, "profiles/"))];

// What a command line may be about; what every command line needs is made at once.
const lazyGuard = () =>
  lazyModules(
    ["profiles", "languages", "supply", "git"].map((folder) => join(guard, folder)),
    [join(guard, "supply/advisories.ts")],
  );

function config(what: InlineConfig): InlineConfig {
  return {
    cwd: join(root, "apps/cli"),
    config: false,
    format: "esm",
    platform: "node",
    target: "node22.18",
    fixedExtension: false,
    clean: false,
    dts: false,
    hash: false,
    minify: { compress: true, mangle: false, codegen: false },
    sourcemap: false,
    report: false,
    logLevel: "warn",
    checks: { pluginTimings: false },
    tsconfig: join(root, "tsconfig.io.json"),
    plugins,
    // Third-party code goes into the chunks that need it; only the native module stays outside.
    deps: { alwaysBundle: (id) => !outside.includes(id) && !isBuiltin(id), neverBundle: outside, onlyBundle: false },
    // Packages of the house do nothing by being imported: what a command does not use stays out of the chunks it loads.
    treeshake: { moduleSideEffects: (id) => (id.startsWith(join(root, "packages")) ? false : undefined) },
    define: { "process.env.NODE_ENV": '"production"', CES_PROFILES_PROVED: "true" },
    ...what,
  };
}

// SECURITY: the bridge runs inside the box, where only its one file is mounted; and what a process of its own
// imports must not depend on a folder someone else can write.
function assertSelfContained(file: string): void {
  const text = readFileSync(file, "utf8");
  const { module } = parseSync(file, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
  );
  const imported = [...module.staticImports.map((one) => one.moduleRequest.value), ...dynamic];
  const foreign = imported.filter((id) => !id.startsWith("node:"));
  if (foreign.length > 0) throw new Error(`${basename(file)} is not self-contained, it imports: ${foreign.join(", ")}`);
}

function scratch(name: string): string {
  const folder = join(root, `node_modules/.cache/ces/bundle-${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

// Each file appears whole: a test of someone else may be running the old one right now.
function publish(temporary: string): string[] {
  mkdirSync(dist, { recursive: true });
  const files = filesBelow(temporary).sort((a, b) => Number(a === "main.js") - Number(b === "main.js"));
  for (const file of files) {
    mkdirSync(join(dist, file, ".."), { recursive: true });
    renameSync(join(temporary, file), join(dist, file));
  }
  rmSync(temporary, { recursive: true, force: true });
  return files;
}

if (import.meta.main) await bundle();
