// Findings about rules: the known ways in which a rule lets more through than its author meant. Tricks are tried, not guessed from the
// text: a pattern is asked about an address that only begins like the one it names.

import { readAction } from "../action/read-action.ts";
import { NO_RANK } from "../machine/closure.ts";
import { machineOf } from "../machine/machine.ts";
import { NOTHING } from "../pattern/code-set.ts";
import { isAnchored, type Pattern } from "../pattern/pattern.ts";
import { operandOf, TOOL_FIELD } from "../rule/operand.ts";
import type { Rule } from "../rule/rule.ts";
import type { Lint, LintCode } from "./lint.ts";
import { witnessOf } from "./witness.ts";

/** Findings about rules in the order in which they decide. */
export function lintRules(rules: readonly Rule[]): readonly Lint[] {
  if (rules.length === 0)
    return [{ code: "no_rules_loaded", rule: null, place: null, text: "no rule was loaded: everything is denied" }];
  return [...rules.flatMap(lintRule), ...shadowed(rules)];
}

function lintRule(rule: Rule): readonly Lint[] {
  const { condition, action } = rule;
  const found: Lint[] = [];
  const onAction = condition.field === "action";
  if (!onAction && !condition.field.startsWith(TOOL_FIELD) && action !== "allow" && condition.operator !== "at_least")
    found.push(
      lint(rule, "passed_by_omission", `a request without \`${condition.field}\` is not stopped by this rule`),
    );
  if (action !== "allow" || !onAction) return found;
  const { pattern, over, readAs } = operandOf(condition);
  if (readAs !== "text" && readAs !== "shell")
    found.push(
      lint(
        rule,
        "every_verb",
        `allows every verb; write \`field: action:${readAs === "file" ? "file:read" : "http:GET"}\``,
      ),
    );
  if (readAs === "text" && over === "text" && pattern !== null) found.push(...lintPattern(rule, pattern));
  return found;
}

function lintPattern(rule: Rule, pattern: Pattern): readonly Lint[] {
  const text = witnessOf(pattern);
  if (text === "") return [lint(rule, "matches_everything", "allows every action")];
  if (text === null) return [];
  if (!isAnchored(pattern))
    return [
      lint(
        rule,
        "unanchored_start",
        "anything may stand before what this rule names; begin with `^` or use another operator",
      ),
    ];
  const machine = machineOf([{ pattern, rank: 0, lenient: false, closedTo: NOTHING }]);
  return TRICKS.flatMap(({ code, tried, tail, say }) => {
    if (!tried.test(text) || "why" in readAction(text)) return [];
    return machine.lowest(text + tail, null) === NO_RANK
      ? []
      : [lint(rule, code, `also fits \`${shown(text + tail)}\`; ${say}`)];
  });
}

const HOST_SAY = "use `host_is` or `host_under`, or end the host with `/`";
type Trick = { readonly code: LintCode; readonly tried: RegExp; readonly tail: string; readonly say: string };

// Tried where the text ends within a host, a path's segment or a command line.
const TRICKS: readonly Trick[] = [
  { code: "unanchored_host", tried: /^https?:[^:]*:[^/?#]+$/, tail: ".evil.example", say: HOST_SAY },
  {
    code: "unanchored_path_prefix",
    tried: /^file:[^:]*:.*[^/]$/,
    tail: "-other",
    say: "use `path_under`, or end the folder with `/`",
  },
  {
    code: "unanchored_shell",
    tried: /^shell:.+$/,
    tail: " && other",
    say: "use `command_is` or `argv_matches`",
  },
];

function shown(text: string): string {
  return text.length > 120 ? `…${text.slice(-120)}` : text;
}

function shadowed(rules: readonly Rule[]): readonly Lint[] {
  const seen = new Map<string, Rule>();
  let everything: Rule | null = null;
  const found: Lint[] = [];
  for (const rule of rules) {
    const { condition } = rule;
    const key = JSON.stringify([condition.field, condition.operator, condition.value]);
    const above = everything ?? seen.get(key);
    if (above !== undefined)
      found.push(lint(rule, "shadowed_rule", `never decides: \`${above.name}\` comes before it`));
    else seen.set(key, rule);
    if (condition.field === "action" && condition.operator === "starts_with" && condition.value === "")
      everything = rule;
  }
  return found;
}

function lint(rule: Rule, code: LintCode, text: string): Lint {
  return { code, rule: rule.name, place: rule.place, text };
}
