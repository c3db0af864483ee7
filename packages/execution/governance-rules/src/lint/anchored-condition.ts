// What a rule of the old operators probably means, said by the anchored ones: for a person who moves a policy over.

import type { Condition, Rule } from "../rule/rule.ts";

/** Conditions that say the same without a prefix to be fooled by, one for each verb; none when the shape is not a usual one. */
export function anchoredConditions({ condition }: Pick<Rule, "condition">): readonly Condition[] {
  const { field, operator, value } = condition;
  if (field !== "action" || typeof value !== "string") return [];
  if (operator === "matches") return ofPattern(value);
  return operator === "starts_with" || operator === "equals" ? ofPattern(`^${escaped(value)}`) : [];
}

const FILE = /^\^?file:([a-z|()]+):(\/[\w./|()-]*)$/;
const HTTP = /^\^?https?:([A-Z|()]+):((?:\\\.|[\w|()-])+)\/?$/;
const SHELL = /^\^?shell:([\w|().-]+)(?: |\\b|\( \|\$\))?$/;

function ofPattern(text: string): readonly Condition[] {
  const source = text.replaceAll("\\/", "/");
  const [, fileVerbs, paths] = FILE.exec(source.replaceAll("\\.", ".")) ?? [];
  if (fileVerbs !== undefined && paths !== undefined) return each("file", fileVerbs, "path_under", choices(paths));
  const [, methods, hosts] = HTTP.exec(source) ?? [];
  if (methods !== undefined && hosts !== undefined)
    return each("http", methods, "host_is", choices(hosts.replaceAll("\\.", ".")));
  const [, programs] = SHELL.exec(source) ?? [];
  if (programs === undefined) return [];
  return [{ field: "action", operator: "command_is", value: one(choices(programs)) }];
}

function each(
  kind: string,
  verbs: string,
  operator: Condition["operator"],
  values: readonly string[],
): readonly Condition[] {
  return choices(verbs).map((verb) => ({ field: `action:${kind}:${verb}`, operator, value: one(values) }));
}

// `/(etc|usr)` is two paths, `a|b` two words; groups within groups are left to a person.
function choices(text: string): readonly string[] {
  const [, head = "", inner, tail = ""] = /^([^()|]*)\(([^()]*)\)([^()|]*)$/.exec(text) ?? [];
  return (inner === undefined ? text : inner).split("|").map((part) => head + part + tail);
}

function one(values: readonly string[]): Condition["value"] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
