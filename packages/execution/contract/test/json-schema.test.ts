// The schema interpreter, and that the embedded schemas are the published ones.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cscSchemas } from "../src/schema/csc-schemas.ts";
import { schemaViolations } from "../src/schema/json-schema.ts";

const texts = (schema: Parameters<typeof schemaViolations>[0], value: Parameters<typeof schemaViolations>[1]) =>
  schemaViolations(schema, value).map(({ path, text }) => `${path} ${text}`);

test.each([
  ["contract", cscSchemas.contract.schema],
  ["policy", cscSchemas.policy.schema],
  ["approval", cscSchemas["approval-published"].schema],
  ["execution-receipt", cscSchemas["receipt-published"].schema],
  ["policy-decision", cscSchemas.decision.schema],
])("the embedded schema of %s is the published one", (name, schema) => {
  const file = join(import.meta.dirname, `../../../../test/vectors/csc/schemas/csc.${name}.v0.1.schema.json`);
  expect(schema).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

test("types are strict", () => {
  expect(texts({ type: "integer" }, true)).toEqual([" is boolean, not integer"]);
  expect(texts({ type: "integer" }, "10")).toEqual([" is string, not integer"]);
  expect(texts({ type: "integer" }, 1.5)).toEqual([" is number, not integer"]);
  expect(texts({ type: "object" }, [])).toEqual([" is array, not object"]);
  expect(texts({ type: ["string", "null"] }, null)).toEqual([]);
  expect(texts({ type: "object" }, null)).toEqual([" is null, not object"]);
});

test("lengths count code points", () => {
  expect(texts({ maxLength: 2 }, "😀😀")).toEqual([]);
  expect(texts({ maxLength: 2 }, "😀😀😀")).toEqual([" has 3, at most 2 are allowed"]);
  expect(texts({ minLength: 2 }, "😀")).toEqual([" has 1, at least 2 are needed"]);
});

test("the end of a pattern is the end, not a newline before it", () => {
  expect(texts({ pattern: "^[0-9]$" }, "1")).toEqual([]);
  expect(texts({ pattern: "^[0-9]$" }, "1\n")).toHaveLength(1);
});

test("objects: required, unknown, own members only", () => {
  const schema = { type: "object", required: ["toString"], properties: { a: {} }, additionalProperties: false };
  expect(texts(schema, { a: 1 })).toEqual([" lacks `toString`"]);
  expect(texts(schema, { toString: 1 })).toEqual(["/toString is a member that the schema does not know"]);
  expect(texts(schema, JSON.parse('{"__proto__":1,"toString":1}'))).toHaveLength(2);
  expect(texts({ properties: { hasOwnProperty: { type: "string" } } }, {})).toEqual([]);
});

test("anyOf, oneOf, allOf, if and then, uniqueItems, bounds", () => {
  const one = { oneOf: [{ required: ["a"] }, { required: ["b"] }] };
  expect(texts(one, { a: 1 })).toEqual([]);
  expect(texts(one, { a: 1, b: 1 })).toHaveLength(1);
  expect(texts(one, {})).toHaveLength(1);
  expect(texts({ anyOf: [{ pattern: "^/" }, { pattern: "^C:" }] }, "x")).toHaveLength(1);
  const conditional = {
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    allOf: [{ if: { properties: { s: { enum: ["x"] } }, required: ["s"] }, then: { required: ["t"] } }],
  };
  expect(texts(conditional, { s: "x" })).toEqual([" lacks `t`"]);
  expect(texts(conditional, { s: "y" })).toEqual([]);
  expect(texts(conditional, {})).toEqual([]);
  expect(texts({ uniqueItems: true }, ["a", "a"])).toHaveLength(1);
  expect(texts({ minimum: 1, maximum: 2 }, 0)).toHaveLength(1);
  expect(texts({ minimum: 1, maximum: 2 }, 3)).toHaveLength(1);
  expect(texts({ minItems: 1, maxItems: 1 }, [])).toHaveLength(1);
});

test("an unknown keyword is a bug, not a pass", () => {
  expect(() => schemaViolations({ patternProperties: {} }, {})).toThrow("patternProperties");
});
