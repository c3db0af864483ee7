// From effects to the answer: each effect's rule, the modes, the rules a person added, and the strictest of all.
import { allowedBy } from "./allowed-by.ts";
import { atLeast, strictestDecision } from "./decisions.ts";
import type { Effect, Rescue } from "./effect.ts";
import type { Collector } from "./evaluate/run.ts";
import type { Decision, Ground, Judgement } from "./judgement.ts";
import { applyEdits } from "./rewrite.ts";
import { meaningOf } from "./rule.ts";
import type { Setting } from "./setting.ts";

/** Most reasons that an answer carries. */
const MAX_REASONS = 12;

/** The answer to `command`, of which `found` was found. */
export function decide(command: string, found: Collector, setting: Setting): Judgement {
  const allowed = allowedBy(setting.allow_rules);
  // INVARIANT: without an edit nothing is rewritten; what would need one is stuck.
  const stuck = found.edits.length === 0;
  const grounds = dedupe(found.effects).map((effect) =>
    groundOf(
      stuck && effect.unrewritten !== true && meaningOf(effect.kind).decision === "rewrite"
        ? { ...effect, unrewritten: true }
        : effect,
      setting,
      allowed(effect),
    ),
  );
  const decision = strictestDecision(grounds.map((ground) => ground.decision));
  const reasons = grounds.filter(
    (ground) => ground.decision === decision && (decision !== "allow" || ground.kind !== "harmless.run"),
  );
  const needs = (decision === "rewrite" || decision === "ask") && found.edits.length > 0;
  const [first] = found.edits;
  return {
    decision,
    reasons: reasons.slice(0, MAX_REASONS),
    rewrite: needs && first !== undefined ? { kind: kindOf(found), text: applyEdits(command, found.edits) } : null,
    rescues:
      decision === "deny"
        ? []
        : rescuesOf(
            setting.governed
              ? found.rescues
              : found.rescues.filter((one) => one.kind !== "path" || one.deleted !== true),
          ),
    parts: found.parts,
  };
}

const kindOf = ({ edits }: Collector): "trash" | "install" =>
  edits.some(({ kind }) => kind === "trash") ? "trash" : "install";

function dedupe(effects: readonly Effect[]): readonly Effect[] {
  if (effects.length < 2) return effects;
  const seen = new Map<string, Effect>();
  for (const effect of effects)
    seen.set(`${effect.kind}\u0001${effect.what}\u0001${effect.unrewritten === true ? 1 : 0}`, effect);
  return [...seen.values()];
}

function rescuesOf(rescues: readonly Rescue[]): readonly Rescue[] {
  if (rescues.length < 2) return rescues;
  return [...new Map(rescues.map((one) => [JSON.stringify(one), one])).values()];
}

function groundOf(effect: Effect, setting: Setting, lowered: boolean): Ground {
  const meaning = meaningOf(effect.kind);
  const floor = meaning.floor === true || effect.floor === true;
  const decision = decisionOf(effect, meaning.decision, setting);
  const final: Decision = lowered && decision === "ask" && !floor ? "allow" : decision;
  const stuck = effect.unrewritten === true && final === "deny" && meaning.decision === "rewrite";
  const instead = stuck ? stuckInstead(effect) : (effect.instead ?? meaning.instead);
  return {
    code: stuck ? `${meaning.code}_STUCK` : meaning.code,
    class: meaning.class,
    kind: effect.kind,
    decision: final,
    text: sentence(effect.what, meaning.why, instead, final),
    instead,
    floor,
  };
}

function decisionOf(effect: Effect, base: Decision, { mode, governed }: Setting): Decision {
  if (base === "rewrite" && effect.unrewritten === true)
    return governed && effect.kind.startsWith("delete.") ? "allow" : "deny";
  // In a governed run the host keeps the tree before a delete is accepted: nothing is rewritten.
  if (base === "rewrite" && governed) return effect.kind.startsWith("delete.") ? "allow" : "deny";
  if (mode === "strict" && atLeast(base, "ask")) return "deny";
  return base;
}

const stuckInstead = (effect: Effect): string =>
  effect.instead ??
  (effect.kind.startsWith("delete.")
    ? "run the delete as a command of its own, so that it can go to the trash"
    : "run the install as a command of its own");

/** One sentence: what would happen, why it is refused, and the safe alternative. */
function sentence(what: string, why: string, instead: string | null, decision: Decision): string {
  const verb = decision === "allow" ? "it will" : "it would";
  return [`${verb} ${plain(what)}: ${why}`, ...(instead === null ? [] : [instead])].join("; ");
}

const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, " ").slice(0, 300);

/** Nothing in the way of undoing the command as it stands: each delete says what it deletes. */
export const isRecoverable = (found: Collector): boolean =>
  found.effects.filter(({ kind }) => kind === "delete.trash").length <=
  found.rescues.filter((one) => one.kind === "path" && one.deleted === true).length;
