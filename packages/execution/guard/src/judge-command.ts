// The guard's one question: what would this command do, and may it? Pre-scan, parse, evaluate, decide; anything that fails is a refusal.
import { isCesError } from "@ces/kernel";
import { parse } from "unbash";
import { decide, isRecoverable } from "./decide.ts";
import type { Rescue } from "./effect.ts";
import { proveWith } from "./evaluate/believe-profile.ts";
import { type Collector, newCollector, newRun, TOO_LARGE } from "./evaluate/run.ts";
import { runTraps } from "./evaluate/builtins/running.ts";
import { newShell } from "./evaluate/shell.ts";
import { makeWalker } from "./evaluate/make-walker.ts";
import type { FileFacts } from "./file-facts.ts";
import type { Judgement } from "./judgement.ts";
import { preScan } from "./prescan.ts";
import { proveProfile } from "./prove-profile.ts";
import { rememberedFacts } from "./paths/resolve-places.ts";
import type { Setting } from "./setting.ts";

/** `explain`: keep the tree of parts, for people. */
export interface JudgeOptions {
  readonly explain?: boolean;
}

proveWith((profile) => proveProfile(profile, judgeCommand));

/**
 * Judges one command of a shell that stands in `setting.cwd`. Total: it never throws, whatever the text, the facts or the setting;
 * what it cannot judge is denied with the reason. Source: spec/guard.md §2.3–2.10.
 */
export function judgeCommand(
  command: string,
  setting: Setting,
  facts: FileFacts,
  options: JudgeOptions = {},
): Judgement {
  const found = effectsOf(command, setting, facts, options);
  const judgement = decide(command, found, setting);
  if (judgement.rewrite === null || judgement.decision !== "rewrite") return judgement;
  return confirmed(judgement, setting, facts);
}

/**
 * What to copy aside so that the command could be undone if it ran unchanged, for hosts that may drop a rewrite; null when that is not
 * known, or when the command is refused. Source: spec/guard.md §2.11, rewrite safety rule.
 */
export function rescuesOfOriginal(command: string, setting: Setting, facts: FileFacts): readonly Rescue[] | null {
  const unchanged: Setting = { ...setting, governed: true };
  const found = effectsOf(command, unchanged, facts, {});
  const { decision, rescues } = decide(command, found, unchanged);
  return decision === "deny" || !isRecoverable(found) ? null : rescues;
}

function effectsOf(command: string, setting: Setting, facts: FileFacts, options: JudgeOptions): Collector {
  try {
    return evaluate(command, setting, facts, options);
  } catch (error) {
    const found = newCollector();
    if (isCesError(error, TOO_LARGE)) {
      found.effects.push({ kind: "unknown.too-large", what: "run more than is read in the time there is" });
      return found;
    }
    const why =
      error instanceof RangeError ? "it is nested too deeply" : error instanceof Error ? error.message : "unknown";
    found.effects.push({
      kind: error instanceof RangeError ? "unknown.too-deep" : "unknown.fault",
      what: `run this command (${why.slice(0, 200)})`,
    });
    return found;
  }
}

function evaluate(command: string, setting: Setting, facts: FileFacts, options: JudgeOptions): Collector {
  const scan = preScan(command);
  const found = newCollector();
  if (scan.kind === "too_large")
    found.effects.push({ kind: "unknown.too-large", what: "run a command of more than 64 KiB" });
  if (scan.kind === "hidden")
    found.effects.push({ kind: "bypass.hidden-characters", what: `run a command that holds ${scan.shown}` });
  if (scan.kind !== "clean") return found;
  const script = parse(command);
  const run = newRun(setting, rememberedFacts(facts), options.explain === true);
  const walk = makeWalker(run);
  walk.into = found;
  const shell = newShell(command, setting.cwd);
  walk.script(shell, script);
  runTraps(walk, shell);
  return found;
}

// SECURITY: what is released is judged again as it stands: a rewrite that is not plainly allowed is a refusal.
function confirmed(judgement: Judgement, setting: Setting, facts: FileFacts): Judgement {
  const text = judgement.rewrite?.text ?? "";
  const again = decide(text, effectsOf(text, setting, facts, {}), setting);
  if (again.decision === "allow") return judgement;
  return {
    ...judgement,
    decision: again.decision === "ask" ? "ask" : "deny",
    reasons: [...judgement.reasons, ...again.reasons],
    rewrite: again.decision === "ask" ? judgement.rewrite : null,
  };
}
