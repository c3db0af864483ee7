// What a command does, from its argv rather than from the agent's word. A table: the policy's lines first, then the reference's own two,
// over every segment. Source: spec/csc.md §2.3 classifier, F-21.

import type { Argv } from "../command-contract.ts";
import type { CscPolicy, EffectRule } from "../csc-policy.ts";
import { programName } from "../reach/program-name.ts";

/** Every effect found in what a command reaches, each once, in its order; the agent's own claim when nothing is found. At least one. */
export function classifiedEffects(reached: readonly Argv[], claimed: string, policy: CscPolicy): readonly string[] {
  const found = reached.map((argv) => effectOf(argv, policy)).filter((effect) => effect !== undefined);
  return found.length === 0 ? [claimed] : [...new Set(found)];
}

function effectOf(argv: Argv, policy: CscPolicy): string | undefined {
  const rule = policy.effect_rules?.find((one) => fits(argv, one));
  return rule?.effect_type ?? builtInEffect(argv, policy);
}

const FETCHERS = new Set(["curl", "wget", "wget2", "aria2c", "xh", "httpie"]);

// The reference knows `curl` by its exact name and one payment host; the rest of its table is here for other fetchers.
function builtInEffect(argv: Argv, policy: CscPolicy): string | undefined {
  if (!FETCHERS.has(programName(argv[0] ?? ""))) return undefined;
  const line = argv.join(" ");
  const pays = (policy.allowed_egress_hosts ?? []).some((host) => host.includes("stripe") && line.includes(host));
  return pays ? "financial_action" : "fetch_external";
}

function fits(argv: Argv, rule: EffectRule): boolean {
  const [argv0 = "", ...rest] = argv;
  const named = rule.commands.includes(argv0) || rule.commands.includes(programName(argv0));
  const said = rule.with_arguments?.some((word) => rest.includes(word)) ?? true;
  const hosted = rule.with_hosts?.some((host) => rest.some((word) => namesHost(word, host))) ?? true;
  return named && said && hosted;
}

/** True when `word` names `host` or a host below it: alone, in a URL, before a port or a path, behind `user@`. */
export function namesHost(word: string, host: string): boolean {
  const wanted = host.toLowerCase();
  return word
    .toLowerCase()
    .split(/[^a-z0-9._-]+/)
    .map((piece) => piece.replace(/\.$/, ""))
    .some((piece) => piece === wanted || piece.endsWith(`.${wanted}`));
}
