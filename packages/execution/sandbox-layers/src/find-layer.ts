// A layer is driven only when it is there, says its version, and knows every option that is used: its command line is no stable format, and
// an option that is ignored would be a wall that is not there (spec/acta.md §2.9, 6).
import { CesError } from "@ces/kernel";
import { resolveTool, type ToolSearch } from "@ces/sandbox";
import { runDriver } from "./driver-process.ts";
import type { Driver, Layer, LayerName } from "./layer-plan.ts";
import { runNono } from "./run-nono.ts";
import { runOpenShell } from "./run-openshell.ts";

/** Where to look, and what a layer's own program is given: OpenShell finds its gateway by HOME and OPENSHELL_…. */
export type LayerSearch = ToolSearch & Pick<Driver, "env" | "scratch">;

/** A layer, or why there is none. */
export type LayerFound =
  | { readonly kind: "found"; readonly layer: Layer }
  | { readonly kind: "missing"; readonly why: string };

/** Sub-commands, and the options that are used of each. */
type Used = readonly (readonly [words: readonly string[], options: readonly string[]])[];
const USED: Readonly<Record<LayerName, Used>> = {
  nono: [[["run"], ["--config", "--silent", "--dry-run"]]],
  openshell: [
    [
      ["sandbox", "create"],
      ["--name", "--policy", "--no-auto-providers", "--no-tty", "--detach"],
    ],
    [
      ["sandbox", "exec"],
      ["--no-tty", "--workdir", "--timeout", "--env"],
    ],
    [["sandbox", "get"], ["--policy-only"]],
  ],
};

/** Looks for a layer's program outside every project and asks it what it is. */
export async function findLayer(name: LayerName, search: LayerSearch): Promise<LayerFound> {
  const resolved = resolveTool(name, search);
  if (resolved.kind === "missing") return missing(`\`${name}\` is not installed${passedOver(resolved.skipped)}`);
  const program = resolved.tool.path;
  const version = await versionOf(program);
  if (version === null) return missing(`\`${program}\` does not say its version`);
  const unknown = await unknownOption(name, program);
  if (unknown !== null) return missing(`\`${name}\` ${version} does not know \`${unknown}\``);
  const driver: Driver = { name, version, program, env: search.env, scratch: search.scratch };
  const run: Layer["run"] = (plan) => (name === "nono" ? runNono(driver, plan) : runOpenShell(driver, plan));
  return { kind: "found", layer: { name, version, program, run } };
}

/** The layer, or an error. Throws CesError `LAYER_MISSING`. */
export async function needLayer(name: LayerName, search: LayerSearch): Promise<Layer> {
  const found = await findLayer(name, search);
  if (found.kind === "found") return found.layer;
  throw new CesError("LAYER_MISSING", found.why, { remedy: `install ${name}, or name another backend` });
}

function passedOver(skipped: readonly { readonly path: string; readonly why: string }[]): string {
  return skipped.map(({ path, why }) => `; \`${path}\` ${why}`).join("");
}

async function versionOf(program: string): Promise<string | null> {
  const { exit_code, stdout } = await ask(program, ["--version"]);
  return exit_code === 0 ? (/\b(\d+\.\d+\.\d+(?:[-+][\w.]+)?)\b/.exec(stdout)?.[1] ?? null) : null;
}

async function unknownOption(name: LayerName, program: string): Promise<string | null> {
  for (const [words, options] of USED[name]) {
    const { exit_code, stdout } = await ask(program, [...words, "--help"]);
    const known = new Set(exit_code === 0 ? stdout.match(/--[a-z][a-z-]*/g) : []);
    const unknown = options.find((option) => !known.has(option));
    if (unknown !== undefined) return `${words.join(" ")} ${unknown}`;
  }
  return null;
}

// Nothing of the person's is in reach of a program that is only asked what it is.
function ask(program: string, args: readonly string[]): ReturnType<typeof runDriver> {
  return runDriver({ program, args, cwd: "/", env: { HOME: "/nonexistent" }, timeout_ms: 10_000 });
}

function missing(why: string): LayerFound {
  return { kind: "missing", why };
}
