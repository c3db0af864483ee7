// Signed receipts, policies, disclosures and headers of the Acta family: every category of the vectors' README, each read by its own file.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Category, jsonFiles, readJson, unread, isObject } from "../acta-categories/acta-case.ts";
import { bundles } from "../acta-categories/bundles.ts";
import { cedarGate } from "../acta-categories/cedar-gate.ts";
import { chainCategory } from "../acta-categories/chains.ts";
import { embeddedKey } from "../acta-categories/embedded-key.ts";
import { evidence } from "../acta-categories/evidence.ts";
import { gateway } from "../acta-categories/gateway.ts";
import { interopDraft01 } from "../acta-categories/interop-draft01.ts";
import { peerOutput } from "../acta-categories/peer-output.ts";
import { policyBundles, policyDigests } from "../acta-categories/policies.ts";
import { receiptCategory } from "../acta-categories/receipts.ts";
import { revocation } from "../acta-categories/revocation.ts";
import { skillExample } from "../acta-categories/skill-example.ts";
import { skillPolicy } from "../acta-categories/skill-policy.ts";
import { suiteInputs } from "../acta-categories/suite-inputs.ts";
import { trustHeader } from "../acta-categories/trust-header.ts";
import { fail, type VectorCase, vectorFault, type VectorSuite } from "../suite.ts";
import { suite as jcs } from "./jcs.ts";

/** Folders laid out like `acta`: one folder per category. `--dir` may also name the folder of one category. */
export const suite: VectorSuite = {
  name: "acta",
  summary: "signed receipts: valid, invalid or undecidable, with their causes",
  defaultDir: "acta",
  cases: (dir) => casesIn(dir),
  report: () => reportLines(),
};

const categories: Readonly<Record<string, Category>> = {
  "a2a-trust-header": trustHeader,
  "agt-profile": receiptCategory("agt-profile"),
  "aps-gateway-enforcement": gateway,
  bundles,
  "cedar-gate": cedarGate,
  chains: chainCategory("chains"),
  commitment: receiptCategory("commitment"),
  "embedded-key": embeddedKey,
  evidence,
  "interop-draft01": interopDraft01,
  jcs: (folder) => [...jcs.cases(folder)].map((one) => ({ ...one, id: `jcs/${one.id}` })),
  "key-window": receiptCategory("key-window"),
  "peer-output": peerOutput,
  "policy-bundle": policyBundles,
  "policy-digest": policyDigests,
  receipts: receiptCategory("receipts"),
  revocation,
  "signing-input": receiptCategory("signing-input"),
  "skill-example": skillExample,
  "skill-policy": skillPolicy,
  "strict-decoding": receiptCategory("strict-decoding"),
  "suite-inputs": suiteInputs,
  timeliness: chainCategory("timeliness"),
};

function casesIn(dir: string): readonly VectorCase[] {
  unread.clear();
  const found = foldersOf(dir);
  if (found.length === 0) throw vectorFault(`\`${dir}\` holds no category and no case`);
  return found.flatMap(({ name, folder }) => {
    const category = categories[name];
    // Never an empty success, and no reason to leave the others unjudged.
    return category === undefined
      ? [{ id: name, run: () => fail("no category that is known here") }]
      : listed(name, () => category(folder));
  });
}

// A folder that cannot be read as its category is one failed case: the others are judged all the same.
function listed(name: string, list: () => readonly VectorCase[]): readonly VectorCase[] {
  try {
    const cases = list();
    return cases.length > 0 ? cases : [{ id: name, run: () => fail("the folder holds no case") }];
  } catch (error) {
    return [{ id: name, run: () => fail(error instanceof Error ? error.message : String(error)) }];
  }
}

type CategoryFolder = { readonly name: string; readonly folder: string };

function foldersOf(dir: string): readonly CategoryFolder[] {
  const known = (name: string): boolean => Object.hasOwn(categories, name);
  const entries = entriesOf(dir);
  // The folder of one category, by its own name or by what its files say.
  if (known(basename(dir)) && !entries.some(known)) return [{ name: basename(dir), folder: dir }];
  const said = entries.some((name) => name.endsWith(".json")) ? saidCategory(dir) : undefined;
  if (said !== undefined) return [{ name: said, folder: dir }];
  return entries
    .filter((name) => statSync(join(dir, name)).isDirectory())
    .map((name) => ({ name: known(name) ? name : (saidCategory(join(dir, name)) ?? name), folder: join(dir, name) }));
}

function saidCategory(dir: string): string | undefined {
  const [first] = jsonFiles(dir);
  const value = first === undefined ? undefined : readJson(join(dir, first));
  const said = isObject(value) ? value["category"] : undefined;
  return typeof said === "string" ? said : undefined;
}

function entriesOf(dir: string): readonly string[] {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    throw vectorFault(`\`${dir}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function reportLines(): readonly string[] {
  const members = [...unread].filter(([, paths]) => paths.length > 0);
  return members.map(([id, paths]) => `not read: ${id} ${paths.join(" ")}`);
}
