// Rules from the tree of a file: a closed schema, every problem with its line. A misspelt operator or member would otherwise switch a
// rule off without a word. Source: spec/acta.md §2.1, §7.6.

import { isCesError } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { OPERATORS, operandOf, TOOL_FIELD } from "../rule/operand.ts";
import { type Condition, type Operator, type Rule, RULE_ACTIONS, type RuleAction, type Scalar } from "../rule/rule.ts";
import { type PolicyProblem, problem } from "./policy-problem.ts";
import { type Member, readYamlTree, type Tree } from "./yaml-tree.ts";

/** The only version of the contract. */
export const API_VERSION = "governance.toolkit/v1";

const MAX_NAME = 200;
const MAX_MESSAGE = 1000;

/** Rules in the order of the file, or its problems. */
export type RulesRead =
  | { readonly kind: "rules"; readonly rules: readonly Rule[] }
  | { readonly kind: "refused"; readonly problems: readonly PolicyProblem[] };

/** Reads one file. Never throws. */
export function readRules(file: PolicyFile): RulesRead {
  const read = readYamlTree(file);
  if (read.kind === "empty") return { kind: "rules", rules: [] };
  if (read.kind === "refused") return read;
  const problems: PolicyProblem[] = [];
  const reader: Reader = {
    file: file.name,
    refuse: (line, why) => problems.push(problem({ file: file.name, line }, why)),
  };
  const rules = readDocument(reader, read.tree);
  return problems.length === 0 ? { kind: "rules", rules } : { kind: "refused", problems };
}

type Reader = { readonly file: string; readonly refuse: (line: number, why: string) => void };
type Members = ReadonlyMap<string, Member>;

function readDocument(reader: Reader, tree: Tree): readonly Rule[] {
  const members = closedMap(reader, tree, "a policy file", ["apiVersion", "rules"]);
  const version = members.get("apiVersion");
  if (version !== undefined && valueOf(version) !== API_VERSION)
    reader.refuse(version.line, `apiVersion is not \`${API_VERSION}\``);
  const rules = members.get("rules");
  if (rules === undefined) reader.refuse(tree.line, "`rules` is missing");
  else if (rules.value.kind !== "list") reader.refuse(rules.line, "`rules` is no list");
  else return rules.value.items.flatMap((item) => readRule(reader, item) ?? []);
  return [];
}

function readRule(reader: Reader, tree: Tree): Rule | null {
  const members = closedMap(reader, tree, "a rule", ["name", "condition", "action", "priority", "message"]);
  const condition = members.get("condition");
  if (condition === undefined) {
    reader.refuse(tree.line, "`condition` is missing");
    return null;
  }
  const read = readCondition(reader, condition);
  return read === null
    ? null
    : {
        name: readText(reader, members.get("name"), MAX_NAME) ?? reader.file.replace(/\.[^.]*$/, ""),
        condition: read,
        action: readAction(reader, members.get("action")),
        priority: readPriority(reader, members.get("priority")),
        message: readText(reader, members.get("message"), MAX_MESSAGE),
        place: { file: reader.file, line: tree.line },
      };
}

function readCondition(reader: Reader, { value: tree, line }: Member): Condition | null {
  const members = closedMap(reader, tree, "a condition", ["field", "operator", "value"]);
  const field = readText(reader, members.get("field"), MAX_NAME) ?? "action";
  const operator = readOperator(reader, members.get("operator"));
  const value = readValue(reader, members.get("value"), line);
  if (operator === null || value === null) return null;
  const condition = { field, operator, value };
  const fault = faultOf(condition);
  if (fault === null) return condition;
  reader.refuse(members.get("value")?.line ?? line, fault);
  return null;
}

// What the operator itself says of its value.
function faultOf(condition: Condition): string | null {
  if (condition.field.startsWith(TOOL_FIELD) && !/^action:(?:file|http|shell)(?::[A-Za-z]+)?$/.test(condition.field))
    return "after `action:` stands `file`, `http` or `shell`, and perhaps `:` and a verb";
  try {
    operandOf(condition);
    return null;
  } catch (error) {
    if (!isCesError(error)) throw error;
    return error.message;
  }
}

function readOperator(reader: Reader, member: Member | undefined): Operator | null {
  if (member === undefined) return "equals";
  const value = valueOf(member);
  const found = (Object.keys(OPERATORS) as Operator[]).find((name) => name === value); // the keys of a record of Operator
  if (found === undefined)
    reader.refuse(member.line, `\`${String(value)}\` is no operator: ${Object.keys(OPERATORS).join(", ")}`);
  return found ?? null;
}

// INVARIANT: a rule that says nothing denies, as in the contract.
function readAction(reader: Reader, member: Member | undefined): RuleAction {
  if (member === undefined) return "deny";
  const value = valueOf(member);
  const found = RULE_ACTIONS.find((name) => name === value);
  if (found === undefined) reader.refuse(member.line, `\`${String(value)}\` is no action: ${RULE_ACTIONS.join(", ")}`);
  return found ?? "deny";
}

function readPriority(reader: Reader, member: Member | undefined): number {
  if (member === undefined) return 0;
  const value = valueOf(member);
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  reader.refuse(member.line, "`priority` is no whole number");
  return 0;
}

function readText(reader: Reader, member: Member | undefined, longest: number): string | null {
  if (member === undefined) return null;
  const value = valueOf(member);
  if (typeof value !== "string") reader.refuse(member.line, `\`${member.name}\` is no text`);
  else if (value.length > longest)
    reader.refuse(member.line, `\`${member.name}\` is longer than ${longest} characters`);
  else return value === "" && member.name !== "message" ? refuseEmpty(reader, member) : value;
  return null;
}

function refuseEmpty(reader: Reader, { line, name }: Member): null {
  reader.refuse(line, `\`${name}\` is empty`);
  return null;
}

function readValue(reader: Reader, member: Member | undefined, line: number): Condition["value"] | null {
  if (member === undefined) {
    reader.refuse(line, "`value` is missing");
    return null;
  }
  if (member.value.kind === "list") return readList(reader, member.value.items);
  return readScalar(reader, member.value);
}

function readList(reader: Reader, items: readonly Tree[]): readonly Scalar[] | null {
  const values = items.map((item) => readScalar(reader, item));
  return values.includes(null) ? null : values.flatMap((value) => value ?? []);
}

function readScalar(reader: Reader, tree: Tree): Scalar | null {
  if (tree.kind === "scalar" && tree.value !== null) return tree.value;
  reader.refuse(tree.line, "`value` holds something that is neither text, number nor truth value");
  return null;
}

function closedMap(reader: Reader, tree: Tree, what: string, known: readonly string[]): Members {
  if (tree.kind !== "map") {
    reader.refuse(tree.line, `${what} is no mapping`);
    return new Map();
  }
  for (const { name, line } of tree.members)
    if (!known.includes(name)) reader.refuse(line, `${what} has no member \`${name}\`: ${known.join(", ")}`);
  return new Map(tree.members.map((member) => [member.name, member]));
}

function valueOf({ value }: Member): Scalar | null {
  return value.kind === "scalar" ? value.value : null;
}
