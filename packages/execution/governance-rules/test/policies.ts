// Policies for tests: rules as objects (JSON is YAML), files as bytes.
import { nobleCrypto, utf8Encode } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { loadedPolicy, loadPolicy, type Policy } from "../src/load/load-policy.ts";
import type { Rule } from "../src/rule/rule.ts";

export const file = (name: string, text: string): PolicyFile => ({ name, bytes: utf8Encode(text) });

export const fileOf = (rules: unknown, name = "p.yaml"): PolicyFile =>
  file(name, JSON.stringify({ apiVersion: "governance.toolkit/v1", rules }));

/** A policy of one file. `rules` as they stand in YAML. */
export const policy = (...rules: readonly object[]): Policy => loadedPolicy(loadPolicy([fileOf(rules)], nobleCrypto));

/** What the rules say of an action, in one word, and by which rule. */
export function ruled(of: Policy, action: string, context: Readonly<Record<string, unknown>> = {}): string {
  const ruling = of.book.rule(action, context);
  if (ruling.kind !== "ruled") return ruling.kind;
  return `${ruling.rule.action} ${ruling.rule.name}`;
}

export const names = (rules: readonly Rule[]): readonly string[] => rules.map(({ name }) => name);
