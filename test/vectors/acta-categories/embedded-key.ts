// Keys that receipts bring along: three runs of a constructed file; a published file is the receipt itself and says its outcome in `_meta`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@ces/kernel";
import type { Anchors } from "@ces/receipts";
import { differs, type VectorCase } from "../suite.ts";
import {
  anchorsOf,
  type Category,
  causeReason,
  isObject,
  jsonFiles,
  keyOf,
  type Members,
  membersOf,
  outcomeReasons,
  readJson,
  reasons,
  receiptText,
} from "./acta-case.ts";
import { agreed, onBoth } from "./receipts.ts";

export const embeddedKey: Category = (folder) =>
  jsonFiles(folder).map((name): VectorCase => {
    const id = `embedded-key/${name.slice(0, -".json".length)}`;
    const run = (): readonly (string | undefined)[] => {
      const value = readJson(join(folder, name));
      return isObject(value) && Object.hasOwn(value, "_meta")
        ? published(readFileSync(join(folder, name), "utf8"), value["_meta"])
        : threeRuns(id, value);
    };
    return { id, run: () => reasons(run()) };
  });

function threeRuns(id: string, value: Json): readonly (string | undefined)[] {
  const file = membersOf(id, value);
  if (file.plain["own_key_hex"] === undefined) return oneRun(file);
  const text = receiptText(file);
  const [own, bystander] = [keyOf(file.text("own_key_hex") ?? ""), keyOf(file.text("bystander_key_hex") ?? "")];
  const expected = file.object("expect");
  const runs: readonly (readonly [string, Anchors])[] = [
    ["no_key", {}],
    ["bystander_key", { key: bystander }],
    ["own_key", { key: own }],
  ];
  return runs.flatMap(([name, anchors]) => {
    const both = onBoth(text, { anchors });
    return [agreed(both), ...outcomeReasons(expected.object(name), both[0])].map((why) => why && `${name}: ${why}`);
  });
}

// A case of the common form.
function oneRun(file: Members): readonly (string | undefined)[] {
  const both = onBoth(receiptText(file), { anchors: anchorsOf(file) });
  return [agreed(both), ...outcomeReasons(file.object("expect"), both[0])];
}

// The signature bytes are placeholders: without a key undecidable, with any key not valid.
function published(text: string, meta: Json | undefined): readonly (string | undefined)[] {
  const { expected_verifier_outcome: outcome, expected_error: error } = isObject(meta) ? meta : {};
  const [none] = onBoth(text, { anchors: {} });
  const [some] = onBoth(text, {
    anchors: { key: keyOf("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") },
  });
  return [
    differs(
      "outcome",
      outcome,
      `exit_${none.outcome === "undecidable" ? 2 : none.outcome === "invalid" ? 1 : 0}_${none.outcome}`,
    ),
    causeReason(
      [typeof error === "string" ? error : undefined],
      none.causes.map(({ code }) => code),
    ),
    some.outcome === "valid" ? "a placeholder signature is valid" : undefined,
  ];
}
