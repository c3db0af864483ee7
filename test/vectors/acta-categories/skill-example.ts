// The worked example: one chain of a backend, signed by one key, and what altering it shows.
import { nodeCrypto } from "@ces/crypto-node";
import { openSkill, SKILL_BACKENDS } from "@ces/governance-rules";
import type { Json, JsonObject } from "@ces/kernel";
import { EMPTY_CHAIN, type Receipt, seedSigner, signReceipt, verifyChain, verifyReceipt } from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import { caseFiles, isObject, type Members } from "./acta-case.ts";
import { policyFilesOf } from "./skill-policy.ts";

const NOW = "2026-01-01T00:00:00.000Z";
const signer = seedSigner(new Uint8Array(32).fill(3), nodeCrypto);
const options = { crypto: nodeCrypto, anchors: { key: signer.public_key } };

export const skillExample = caseFiles("skill-example", async (file) => {
  const expected = file.object("expect");
  const rows = expected.at("receipts");
  if (!Array.isArray(rows)) throw vectorFault("`receipts` is no list");
  const wanted = rows.filter(isObject);
  const chain = await signedChain(file, wanted);
  const report = verifyChain(
    chain.map(({ receipt }) => ({ value: receipt })),
    options,
  );
  const names = wanted.map(({ index }) => `${String(index).padStart(3, "0")}.json`);
  const digests = new Set(chain.map(({ receipt }) => payloadOf(receipt)["policy_digest"]));
  expected.at("all_verify_with");
  file.at("receipts_subdir");
  return [
    differs("file_names", file.at("file_names"), names),
    differs("outcome", "valid", report.outcome),
    differs("count", wanted.length, report.count),
    differs("policy digests", 1, digests.size),
    ...wanted.map((row, i) => differs(`receipt ${i}`, row, chain[i]?.row)),
    ...tamperReasons(expected.object("tamper"), chain[0]?.receipt ?? {}),
  ];
});

type Made = { readonly row: JsonObject; readonly receipt: JsonObject };

async function signedChain(file: Members, wanted: readonly JsonObject[]): Promise<readonly Made[]> {
  let head = EMPTY_CHAIN;
  const backend = SKILL_BACKENDS.find((name) => name === file.text("sandbox_backend"));
  if (backend === undefined) throw vectorFault("an unknown backend");
  const skill = openSkill({
    policies: policyFilesOf(file.at("policy_files")),
    sandbox: {
      backend,
      ring: Number(file.at("ring")),
      production: false,
      no_sandbox: null,
      observed: [],
      policy_digest: null,
    },
    record: (draft) => {
      const signed = signReceipt(draft, { signer, head, issued_at: NOW, crypto: nodeCrypto });
      if (signed.kind === "refused") throw new Error(signed.causes.map(({ text }) => text).join("; "));
      head = signed.head;
      return JSON.parse(signed.text) as Receipt; // its own text
    },
    clock: { now: () => NOW },
    crypto: nodeCrypto,
    random: (n) => new Uint8Array(n).fill(1),
  });
  const agent_did = file.text("agent_did");
  const made: Made[] = [];
  for (const [index, { action }] of wanted.entries())
    made.push(await decided(skill, { index, action: String(action), agent_did }));
  return made;
}

type Ask = { readonly index: number; readonly action: string; readonly agent_did: string | undefined };

async function decided(skill: ReturnType<typeof openSkill>, { index, action, agent_did }: Ask): Promise<Made> {
  const { receipt, reason } = await skill.checkPolicy(action, { agent_did });
  if (receipt === null) throw new Error(reason);
  const payload = payloadOf(receipt);
  if (payload["agent_id"] !== agent_did) throw new Error("another agent");
  const { decision = null, policy_id = null, ring = null, sandbox_backend = null } = payload;
  const has_previousReceiptHash = Object.hasOwn(payload, "previousReceiptHash");
  return {
    row: { index, action, decision, policy_id, reason, ring, sandbox_backend, has_previousReceiptHash },
    receipt,
  };
}

function tamperReasons(tamper: Members, receipt: JsonObject): readonly (string | undefined)[] {
  const [field, result] = [tamper.text("field") ?? "", tamper.text("result")];
  const payload = payloadOf(receipt);
  const other = payload[field] === "openshell" ? "nono" : "openshell";
  const flipped = { ...receipt, payload: { ...payload, [field]: other } };
  const causes = verifyReceipt(JSON.stringify(flipped), options).causes.map(({ code }) => code as string);
  return [result === undefined || causes.includes(result) ? undefined : `tamper: ${causes.join(", ")}`];
}

function payloadOf(receipt: JsonObject | Receipt): JsonObject {
  const payload: Json | undefined = receipt["payload"];
  return isObject(payload) ? payload : {};
}
