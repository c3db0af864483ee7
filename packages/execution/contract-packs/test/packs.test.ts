// Every case beside a pack, and that a wrong one would be seen.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandContract, contractProblems, decide, policyProblems } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { describe, expect, it, test } from "vitest";
import { parse } from "yaml";
import { packNames, packPolicy, packText, tierPolicy } from "../src/index.ts";

const root = join(import.meta.dirname, "..");
const crypto = nodeCrypto;

type Case = {
  readonly name: string;
  readonly contract?: object;
  readonly command?: object;
  readonly decision: string;
  readonly codes: readonly string[];
};
type Suite = { readonly contract: object; readonly command: object; readonly cases: readonly Case[] };

const suites = packNames.flatMap((name) =>
  readdirSync(join(root, "packs", name, "tests")).map((file): [typeof name, Suite] => [
    name,
    parse(readFileSync(join(root, "packs", name, "tests", file), "utf8")),
  ]),
);

function contractOf(suite: Suite, one: Case): CommandContract {
  const command = Object.entries({ ...suite.command, ...one.command }).filter(([, value]) => value !== null);
  const contract = { ...suite.contract, ...one.contract, commands: [Object.fromEntries(command)] };
  expect(contractProblems(contract as never)).toEqual([]);
  return contract as never;
}

/** What differs from the expectation; null when nothing does. */
function differs(pack: (typeof packNames)[number], suite: Suite, one: Case): object | null {
  const { decision, reason_codes } = decide(contractOf(suite, one), packPolicy(pack, crypto), {
    now: 0,
    crypto,
    judge: null,
  });
  const same = decision === one.decision && `${reason_codes}` === `${one.codes}`;
  return same ? null : { decision, codes: reason_codes };
}

describe.each(suites)("%s", (pack, suite) => {
  test.each(suite.cases)("$name", (one) => expect(differs(pack, suite, one)).toBeNull());

  it("would be red for a planted wrong expectation", () => {
    for (const one of suite.cases) {
      expect(differs(pack, suite, { ...one, decision: one.decision === "deny" ? "allow" : "deny" })).not.toBeNull();
      expect(differs(pack, suite, { ...one, codes: [...one.codes, "COMMAND_ID_DUPLICATE"] })).not.toBeNull();
    }
  });

  it("says what it is", () => {
    const facts = parse(readFileSync(join(root, "packs", pack, "pack.yaml"), "utf8"));
    expect(facts).toMatchObject({ pack_name: pack, policy_schema_version: "csc.policy.v0.1" });
    expect(packPolicy(pack, crypto).name).toBe(pack);
  });
});

it("carries the files word for word; `node scripts/policy-packs.ts` writes them", () => {
  expect(packNames).toEqual(readdirSync(join(root, "packs")).toSorted());
  for (const name of packNames)
    expect(packText(name)).toBe(readFileSync(join(root, "packs", name, "policies", `${name}.yaml`), "utf8"));
});

describe("tierPolicy", () => {
  const grants = { words: ["node", "--test", "", "node"], folders: ["/opt/node"] };
  const policy = tierPolicy("B", grants, crypto);

  it("is a policy that the door would let in", () => expect(policyProblems(policy as never)).toEqual([]));

  it("widens programs and read prefixes, and nothing else", () => {
    const { allow_commands, allowed_inline_code, allowed_read_prefixes, ...rest } = policy;
    expect(packPolicy("tier-b", crypto)).toMatchObject(rest);
    expect(allow_commands).toContain("node");
    expect(allowed_inline_code).toContain("node");
    expect(allowed_read_prefixes.at(-1)).toBe("/opt/node");
  });
});
