// Receipts of the draft-01 era: what is signed is less than it looks, and a reader says so.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { differs, type VectorCase } from "../suite.ts";
import {
  type Category,
  isObject,
  jsonFiles,
  keyOf,
  membersOf,
  outcomeReasons,
  readJson,
  reasons,
  sharedFile,
  texts,
} from "./acta-case.ts";
import { agreed, onBoth } from "./receipts.ts";

const EXPECT = "_expect.json";

export const interopDraft01: Category = (folder) => {
  const names = jsonFiles(folder);
  return names
    .filter((name) => name !== EXPECT)
    .map((name): VectorCase => ({
      id: `interop-draft01/${name.slice(0, -".json".length)}`,
      run: () => reasons(judge(folder, name)),
    }));
};

function judge(folder: string, name: string): readonly (string | undefined)[] {
  const file = membersOf(
    `interop-draft01/${name.slice(0, -".json".length)}`,
    readJson(sharedFile(folder, "interop-draft01", EXPECT)),
  );
  const keys = file.at("keys_by_file");
  const expected = file.object("expect");
  const key = isObject(keys) ? keys[name] : undefined;
  const path = join(folder, name);
  const [text, receipt] = [readFileSync(path, "utf8"), readJson(path)];
  const both = onBoth(text, { anchors: typeof key === "string" ? { key: keyOf(key) } : {} });
  const [signature, unattested] = [expected.object("signature"), texts(expected.at("unattested"))];
  // Without a key, or with placeholder text for a signature: never valid.
  if (typeof key !== "string") {
    signature.at("outcome");
    signature.at("exit");
    return [differs("outcome", "undecidable", both[0].outcome)];
  }
  const beside = Object.keys(isObject(receipt) ? receipt : {}).filter((member) => unattested.includes(member));
  const told = both[0].unattested.filter((member) => !member.startsWith("signature."));
  return [
    agreed(both),
    ...outcomeReasons(signature, both[0]),
    differs("unattested", beside.toSorted(), told.toSorted()),
  ];
}
