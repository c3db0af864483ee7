// Signed receipts, policies, disclosures and headers of the Acta family: every category of the vectors' README, each read by its own file.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Category, readJson, unread, isObject } from "../acta-categories/acta-case.ts";
import { bundles } from "../acta-categories/bundles.ts";
import { cedarGate } from "../acta-categories/cedar-gate.ts";
import { chainCategory } from "../acta-categories/chains.ts";
import { embeddedKey } from "../acta-categories/embedded-key.ts";
import { evidence } from "../acta-categories/evidence.ts";
import { gateway } from "../acta-categories/gateway.ts";
import { interopDraft01 } from "../acta-categories/interop-draft01.ts";
import { jcs } from "../acta-categories/jcs.ts";
import { peerOutput } from "../acta-categories/peer-output.ts";
import { policyBundles, policyDigests } from "../acta-categories/policies.ts";
import { receiptCategory } from "../acta-categories/receipts.ts";
import { revocation } from "../acta-categories/revocation.ts";
import { skillExample } from "../acta-categories/skill-example.ts";
import { skillPolicy } from "../acta-categories/skill-policy.ts";
import { suiteInputs } from "../acta-categories/suite-inputs.ts";
import { trustHeader } from "../acta-categories/trust-header.ts";
import { fail, type VectorCase, vectorFault, type VectorSuite } from "../suite.ts";

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
  jcs,
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
  if (!entries.some(known)) {
    if (known(basename(dir))) return [{ name: basename(dir), folder: dir }];
    const said = saidCategory(dir);
    if (said !== undefined) return [{ name: said, folder: dir }];
  }
  const stray = entries.filter((name) => name.endsWith(".json") && !isFolder(join(dir, name)));
  if (stray.length > 0) unread.set(basename(dir), stray);
  return entries
    .filter((name) => isFolder(join(dir, name)))
    .flatMap((name): readonly CategoryFolder[] => {
      const folder = join(dir, name);
      if (known(name)) return [{ name, folder }];
      // One level more than was said, and nothing but that.
      if (entriesOf(folder).some((inner) => known(inner) && isFolder(join(folder, inner)))) return foldersOf(folder);
      return [{ name: saidCategory(folder) ?? name, folder }];
    });
}

function saidCategory(dir: string): string | undefined {
  for (const name of entriesOf(dir).filter((one) => one.endsWith(".json"))) {
    const said = readCategory(join(dir, name));
    if (said !== undefined) return said;
  }
  return undefined;
}

function readCategory(path: string): string | undefined {
  try {
    const value = readJson(path);
    const said = isObject(value) ? value["category"] : undefined;
    return typeof said === "string" && Object.hasOwn(categories, said) ? said : undefined;
  } catch {
    return undefined; // whoever judges the file says what is wrong with it
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
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
