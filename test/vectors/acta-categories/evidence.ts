// Evidence entries: the receipt is good, the question is whose word an entry is.
import type { Json } from "@ces/kernel";
import { readJwks, type SourceKey, verifyEvidence } from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import { caseFiles, cryptos, isObject, keyOf, type Members, outcomeReasons } from "./acta-case.ts";
import { agreed, onBoth } from "./receipts.ts";
import { encodeBase64Url } from "@ces/kernel";

export const evidence = caseFiles("evidence", (file) => {
  const keys = file.object("keys");
  const [receiptKeys, sourceKeys] = [ring(keys, "receipt_keys"), ring(keys, "source_keys")];
  const receipt = file.at("receipt");
  const kid = isObject(receipt) ? kidOf(receipt) : undefined;
  const receipt_key = kid === undefined ? undefined : receiptKeys.get(kid);
  const payload = isObject(receipt) ? receipt["payload"] : undefined;
  if (receipt_key === undefined || !isObject(payload)) throw vectorFault("the receipt's key is not among the keys");
  const both = onBoth(JSON.stringify(receipt), { anchors: { jwks: jwksOfRing(receiptKeys) } });
  const expected = file.object("expect");
  const entries = expected.at("evidence");
  const verdicts = cryptos.map((crypto) => verifyEvidence(payload, { receipt_key, source_keys: sourceKeys, crypto }));
  const answers = (verdicts[0] ?? []).map((one) =>
    one.kind === "independent" ? { independent: true } : { independent: false, cause: one.cause },
  );
  return [
    agreed(both),
    differs("node and noble", verdicts[0], verdicts[1]),
    ...outcomeReasons(expected.object("receipt"), both[0]),
    differs("evidence", entries, answers),
  ];
});

function ring(keys: Members, name: string): ReadonlyMap<string, SourceKey> {
  const all = keys.at(name);
  return new Map(Object.entries(isObject(all) ? all : {}).map(([kid, value]) => [kid, sourceKey(value)]));
}

function sourceKey(value: Json): SourceKey {
  const { hex, control_domain: domain } = isObject(value) ? value : {};
  if (typeof hex !== "string" || typeof domain !== "string")
    throw vectorFault("a key has no bytes or no control domain");
  return { public_key: keyOf(hex), control_domain: domain };
}

function jwksOfRing(keys: ReadonlyMap<string, SourceKey>): NonNullable<ReturnType<typeof readJwks>> {
  const entries = [...keys].map(([kid, { public_key }]) => ({
    kty: "OKP",
    crv: "Ed25519",
    kid,
    x: encodeBase64Url(public_key),
  }));
  return readJwks({ keys: entries }) ?? { keys: [] };
}

function kidOf(receipt: { readonly [name: string]: Json }): string | undefined {
  const block = receipt["signature"];
  const kid = isObject(block) ? block["kid"] : receipt["kid"];
  return typeof kid === "string" ? kid : undefined;
}
