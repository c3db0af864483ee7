// The four doors: what the reference let through is refused, with its reason (F-08, F-09, F-18), and nothing makes a door throw (S40).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nobleCrypto } from "@ces/kernel";
import { limits, readApproval, readContract, readPolicy, readReceipt, truncateError, type Read } from "../src/index.ts";
import { bytesOf, command, contract } from "./samples.ts";

const contractOf = (value: unknown) => readContract(bytesOf(value), nobleCrypto);
const codes = (read: Read<unknown>): readonly string[] =>
  read.kind === "read" ? [] : read.problems.map(({ code, path }) => `${code} ${path}`);
const good = contract([command(["git", "status"])]);
const text = JSON.stringify(good);

describe("contracts", () => {
  test("are read with the reference's hash", () => {
    expect(contractOf(good)).toMatchObject({ kind: "read", value: good });
  });

  test.each([
    ["a text for a number", text.replace('"timeout_sec":10', '"timeout_sec":"10"'), "SCHEMA /commands/0/timeout_sec"],
    [
      "a boolean for a number",
      text.replace('"timeout_sec":10', '"timeout_sec":true'),
      "SCHEMA /commands/0/timeout_sec",
    ],
    ["a null member", text.replace('"exec":', '"pipeline":null,"exec":'), "SCHEMA /commands/0/pipeline"],
    ["an empty id", text.replace('"id":"c1"', '"id":""'), "SCHEMA /commands/0/id"],
    ["a short contract id", text.replace("contract-0001", "x"), "SCHEMA /contract_id"],
    ["a key twice", text.replace('"intent":"i"', '"intent":"i","intent":"j"'), "DUPLICATE_KEY "],
    ["a key twice, escaped", text.replace('"intent":"i"', '"intent":"i","\\u0069ntent":"j"'), "DUPLICATE_KEY "],
    ["an unknown member", text.replace('"intent":"i"', '"intent":"i","shell":"sh"'), "SCHEMA /shell"],
    ["NUL in a path", text.replace("/workspace/repo/**", "/workspace\\u0000/x"), "NUL /commands/0/read_paths/0"],
    ["NUL in an argument", text.replace('"status"', '"sta\\u0000tus"'), "NUL /commands/0/exec/argv/1"],
    ["`..`", text.replace("/workspace/repo/**", "/workspace/../etc"), "PATH_DOTS /commands/0/read_paths/0"],
    [
      "`..` behind a backslash",
      text.replace("/workspace/repo/**", "C:\\\\w\\\\..\\\\x"),
      "PATH_DOTS /commands/0/read_paths/0",
    ],
    ["`.` as the directory's end", text.replace('"/workspace/repo"', '"/workspace/."'), "PATH_DOTS /commands/0/cwd"],
    [
      "a relative output",
      text.replace('"justification"', '"expected_outputs":["out"],"justification"'),
      "SCHEMA /expected_outputs/0",
    ],
    ["half a pair", text.replace('"i"', '"\\ud800"'), "NOT_UTF8 "],
    ["a comment", `// c\n${text}`, "NOT_JSON "],
    ["a second value", `${text} {}`, "NOT_JSON "],
    ["a byte order mark", `\ufeff${text}`, "NOT_JSON "],
    ["deep brackets", "[".repeat(200_000), "TOO_DEEP "],
    ["nothing", "", "NOT_JSON "],
    ["a list", "[]", "SCHEMA "],
  ])("refuse %s", (_, bytes, code) => expect(codes(contractOf(bytes))).toContain(code));

  test("refuse a command id twice", () => {
    const twice = contract([command(["git"]), command(["git"]), command(["git"], { id: "c2" })]);
    expect(codes(contractOf(twice))).toEqual(["COMMAND_ID_DUPLICATE /commands/1/id"]);
  });

  test("are measured before they are read", () => {
    const large = contractOf(text + " ".repeat(limits.contract_bytes));
    expect(large).toMatchObject({ kind: "refused", problems: [{ code: "TOO_LARGE" }] });
    expect(JSON.stringify(large)).toContain("at most 1048576 bytes");
    expect(contractOf(text + " ".repeat(limits.contract_bytes - text.length)).kind).toBe("read");
  });

  test("that are no UTF-8 are refused", () => {
    const bytes = bytesOf(text);
    bytes[bytes.indexOf(105)] = 0xff;
    expect(codes(readContract(bytes, nobleCrypto))).toEqual(["NOT_UTF8 "]);
  });
});

describe("policies", () => {
  const yaml = [
    "policy_schema_version: csc.policy.v0.1",
    "name: sample",
    "allow_commands: [git]",
    "allowed_effect_types: [observe]",
    "allowed_risk_classes: [low]",
    "max_timeout_sec: 30",
    "network: deny",
    "allow_secret_refs: false",
    "allowed_cwd_prefixes: [/workspace]",
    "allowed_read_prefixes: [/workspace]",
    "",
  ].join("\n");
  const policyOf = (more = "", from = yaml) => readPolicy(bytesOf(from + more), nobleCrypto);

  test("may carry our members, which change the hash", () => {
    const plain = policyOf();
    const ours = policyOf("allowed_env: [CI]\nemergency_deny_all: false\n");
    expect([plain.kind, ours.kind]).toEqual(["read", "read"]);
    expect(ours).not.toMatchObject({ sha256: plain.kind === "read" ? plain.sha256 : "" });
  });

  test.each([
    ["an unknown member", "allowed_enf: [CI]\n", "SCHEMA /allowed_enf"],
    ["our member in the wrong form", "allowed_env: CI\n", "SCHEMA /allowed_env"],
    ["a binary without a digest", "allowed_binaries: {git: {path: /usr/bin/git}}\n", "SCHEMA /allowed_binaries/git"],
    ["a key that is none", "approvers: [{identity: a, public_key: AAAA}]\n", "SCHEMA /approvers/0/public_key"],
    [
      "a key of small order",
      `approvers: [{identity: a, public_key: "${"00".repeat(32)}"}]\n`,
      "SCHEMA /approvers/0/public_key",
    ],
    [
      "an effect rule without commands",
      "effect_rules: [{commands: [], effect_type: deploy}]\n",
      "SCHEMA /effect_rules/0/commands",
    ],
    ["a member twice", "name: other\n", "DUPLICATE_KEY "],
  ])("refuse %s", (_, more, code) => expect(codes(policyOf(more))).toContain(code));

  test("say what the loader says", () => {
    const said = (bytes: Uint8Array) => JSON.stringify(readPolicy(bytes, nobleCrypto));
    expect(said(bytesOf("a: [1"))).toContain("invalid YAML");
    expect(said(bytesOf("a: 1\na: 2"))).toMatch(/invalid YAML.*duplicate key/);
    expect(said(bytesOf("- a"))).toContain("must contain a YAML mapping");
    expect(said(bytesOf("a: 1"))).toContain("schema validation failed");
    expect(said(new Uint8Array([0xff]))).toContain("failed to read");
    expect(said(new Uint8Array(limits.policy_bytes + 1))).toContain("524289 bytes");
  });

  test("are frozen, so that hash and value cannot come apart", () => {
    const read = policyOf("", yaml.replace("30", "30.0"));
    if (read.kind === "refused") throw new Error("refused");
    expect(() => Object.assign(read.value, { network: "full" })).toThrow(TypeError);
    expect(Object.isFrozen(read.value.allow_commands)).toBe(true);
  });
});

test("no door throws, whatever the bytes", () => {
  const mutated = fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.string()).map(([from, to, piece]) => {
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    return text.slice(0, start) + piece + text.slice(end);
  });
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated.map(bytesOf), fc.json().map(bytesOf));
  fc.assert(
    fc.property(bytes, (input) => {
      for (const door of [readContract, readPolicy, readApproval, readReceipt]) {
        const read = door(input, nobleCrypto);
        if (read.kind === "refused") expect(read.problems.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1500 },
  );
});

test("a text is cut by code points, and only when it has too many", () => {
  expect(truncateError("😀".repeat(60), 100)).toBe("😀".repeat(60));
  expect(truncateError("😀".repeat(101), 100)).toBe(`${"😀".repeat(85)}... [truncated]`);
  expect(truncateError("x".repeat(20), 15)).toBe("x".repeat(15));
});
