// The options that `build` and `manifest` share, and what they mean to the engine.
import { type BuildOptions, checksFromFlags } from "@ces/engine";
import { compileGlob, CesError } from "@ces/kernel";
import type { RuntimeName } from "@ces/records";
import type { CommandContext, OptionSpec } from "../define-command.ts";
import { cassetteFor } from "./cassettes.ts";
import { findRuntime } from "./find-runtime.ts";
import type { Project } from "./open-project.ts";

/** Declared by both commands. */
export const buildOptionSpecs: readonly OptionSpec[] = [
  {
    name: "runtime",
    kind: "choice",
    choices: ["auto", "codex", "claude", "replay"],
    summary: "which client does the work",
    fallback: "auto (CES_DEFAULT_RUNTIME, else whichever is installed)",
  },
  { name: "model", kind: "text", value: "NAME", summary: "model that the client is given" },
  {
    name: "scope",
    kind: "list",
    value: "GLOB",
    summary: "what may be written (any number of times)",
    fallback: "source and test folders without protected paths",
  },
  { name: "check", kind: "list", value: "COMMAND", summary: "a further check, run by CES itself" },
  { name: "acceptance", kind: "list", value: "TEXT", summary: "what must be true when finished" },
  { name: "constraint", kind: "list", value: "TEXT", summary: "a stack or rule to respect" },
  { name: "must-not-break", kind: "list", value: "TEXT", summary: "what must keep working" },
  { name: "source-of-truth", kind: "text", value: "TEXT", summary: "what reflects today's behaviour best" },
  { name: "critical-flow", kind: "list", value: "TEXT", summary: "a workflow that matters most" },
  { name: "greenfield", kind: "flag", summary: "treat the project as new" },
  { name: "brownfield", kind: "flag", summary: "treat the project as existing" },
  { name: "network", kind: "list", value: "HOST", summary: "a host that the run may reach" },
  { name: "token-budget", kind: "whole", least: 1, value: "N", summary: "tokens", fallback: "500000" },
  { name: "request-budget", kind: "whole", least: 1, value: "N", summary: "model requests", fallback: "200" },
  { name: "cost-budget", kind: "text", value: "USD", summary: "money, in dollars" },
  { name: "time-budget", kind: "whole", least: 1, value: "SECONDS", summary: "wall time of the run", fallback: "1800" },
  { name: "cassette", kind: "text", value: "FILE", summary: "recording for `--runtime replay`" },
  { name: "max-retries", kind: "whole", value: "N", summary: "attempts after a failed one", fallback: "3" },
];

/** As long as a record may hold it. */
const LONGEST_REQUEST = 20_000;

/** The options as the engine journals them. Throws USAGE_*, GLOB_INVALID, CHECK_INVALID. */
export function readBuildOptions(ctx: CommandContext, request: string, caller: BuildOptions["caller"]): BuildOptions {
  if (request.trim() === "" || request.length > LONGEST_REQUEST)
    throw usage(`a request has 1 to ${LONGEST_REQUEST} characters`);
  if (ctx.flag("greenfield") && ctx.flag("brownfield"))
    throw usage("`--greenfield` and `--brownfield` exclude each other");
  for (const pattern of ctx.list("scope")) compileGlob(pattern);
  checksFromFlags(ctx.list("check"), []);
  return {
    request,
    caller,
    project_mode: ctx.flag("greenfield") ? "greenfield" : ctx.flag("brownfield") ? "brownfield" : null,
    constraints: [...ctx.list("constraint")],
    acceptance: [...ctx.list("acceptance")],
    must_not_break: [...ctx.list("must-not-break")],
    source_of_truth: ctx.text("source-of-truth") ?? null,
    critical_flows: [...ctx.list("critical-flow")],
    scope: [...ctx.list("scope")],
    checks: [...ctx.list("check")],
    network_hosts: hosts(ctx.list("network")),
    model: ctx.text("model") ?? null,
    token_budget: ctx.whole("token-budget") ?? null,
    request_budget: ctx.whole("request-budget") ?? null,
    cost_budget: dollars(ctx.text("cost-budget")),
    time_budget: ctx.whole("time-budget") ?? null,
    cassette: ctx.text("cassette") ?? null,
    install: null,
  };
}

const usage = (text: string): CesError => new CesError("USAGE_OPTIONS", text, { remedy: "ces build --help" });

/** SECURITY: the CONNECT proxy of S39 is not wired yet; a host that cannot be held to its rules is refused, not allowed. */
function hosts(named: readonly string[]): string[] {
  if (named.length > 0)
    throw new CesError("NETWORK_UNSUPPORTED", "network hosts cannot be granted yet: nothing enforces them", {
      remedy: "leave out `--network`",
    });
  return [];
}

function dollars(text: string | undefined): number | null {
  if (text === undefined) return null;
  const amount = Number(text);
  if (!/^\d+(\.\d{1,6})?$/.test(text) || amount <= 0)
    throw usage(`\`--cost-budget ${text}\` is not an amount of dollars`);
  return Math.round(amount * 1_000_000);
}

/** Which client: the option, else CES_DEFAULT_RUNTIME, else the configuration, else whichever is here. Throws RUNTIME_MISSING (exit 5). */
export async function chooseRuntime(ctx: CommandContext, project: Project, request: string): Promise<RuntimeName> {
  const asked = ctx.text("runtime") ?? "auto";
  if (
    asked === "replay" ||
    (asked === "auto" && ctx.env["CES_DEMO_MODE"] === "1" && cassetteFor(request) !== undefined)
  )
    return "replay";
  const preferred = asked === "auto" ? (ctx.env["CES_DEFAULT_RUNTIME"] ?? project.config.default_runtime) : asked;
  if (preferred !== undefined && !["claude", "codex", "replay", "auto"].includes(preferred))
    throw usage(`CES_DEFAULT_RUNTIME names \`${preferred}\`, which is no runtime`);
  if (preferred === "replay") return "replay";
  const order: readonly RuntimeName[] =
    preferred === "claude" || preferred === "codex" ? [preferred] : ["codex", "claude"];
  const tried: string[] = [];
  for (const name of order) {
    const choice = await findRuntime(ctx, project, name);
    if (choice.kind === "found") return name;
    tried.push(`${choice.text}; ${choice.remedy}`);
  }
  throw new CesError("RUNTIME_MISSING", tried.join(". "), { remedy: "ces doctor" });
}
