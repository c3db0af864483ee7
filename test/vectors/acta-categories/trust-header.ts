// Headers with their verdict inside; the keys stand in a file of their own.
import { join } from "node:path";
import type { Json } from "@ces/kernel";
import { verifyTrustHeader } from "@ces/receipts";
import { readdirSync } from "node:fs";
import { differs, type VectorCase, vectorFault } from "../suite.ts";
import { type Category, cryptos, isObject, keyOf, readJson, reasons, sharedFile } from "./acta-case.ts";

export const trustHeader: Category = (folder) => {
  const [keys, schema] = ["_keys.json", "schema/a2a-trust-header.schema.json"].map((name) =>
    readJson(sharedFile(folder, "a2a-trust-header", name)),
  );
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !name.includes("_keys") && !name.startsWith("schema"))
    .sort()
    .map((name): VectorCase => ({
      id: `a2a-trust-header/${name.slice(0, -".json".length)}`,
      run: () => reasons(judge(readJson(join(folder, name)), keysOf(keys ?? null), schema ?? null)),
    }));
};

function judge(fixture: Json, keys: ReadonlyMap<string, Uint8Array>, schema: Json): readonly (string | undefined)[] {
  if (!isObject(fixture)) throw vectorFault("a fixture is not an object");
  const header = fixture["header_value"] ?? null;
  const own = keyEntry(fixture["moltrust_signing_key"], "kid");
  const all = own === undefined ? keys : new Map([...keys, own]);
  return cryptos.flatMap((crypto) => {
    const { verdict } = verifyTrustHeader(header, { keys: all, crypto });
    return [
      differs("verdict", fixture["expected_verifier_output"], verdict),
      ...(own === undefined ? [] : schemaReasons(header, schema)),
    ];
  });
}

// The composite header's schema names five members that have to be there.
function schemaReasons(header: Json, schema: Json): readonly (string | undefined)[] {
  const required = isObject(schema) && Array.isArray(schema["required"]) ? schema["required"] : [];
  return required.map((name: Json) =>
    typeof name === "string" && isObject(header) && Object.hasOwn(header, name)
      ? undefined
      : `the header has no ${String(name)}`,
  );
}

function keysOf(file: Json): ReadonlyMap<string, Uint8Array> {
  const keys = isObject(file) ? file["keys"] : undefined;
  const entries = Object.values(isObject(keys) ? keys : {}).map((one) => keyEntry(one, "did"));
  return new Map(entries.filter((one) => one !== undefined));
}

function keyEntry(value: Json | undefined, name: "did" | "kid"): readonly [string, Uint8Array] | undefined {
  if (!isObject(value)) return undefined;
  const [kid, pubkey] = [value[name], value["pubkey"]];
  return typeof kid === "string" && typeof pubkey === "string" ? [kid, keyOf(pubkey)] : undefined;
}
