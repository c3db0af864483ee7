// The four tool calls that every driver answers with a signed receipt. Commands are judged by the house's own guard.
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { judgeCommand, noFacts, type Setting } from "@ces/guard";
import { decodeHex, encodeHex, type JsonObject, utf8Encode } from "@ces/kernel";
import {
  DECISION_TYPE,
  type DecisionDraft,
  EMPTY_CHAIN,
  keyThumbprint,
  saltedDigest,
  seedSigner,
  signReceipt,
  verifyReceipt,
  verifyReceiptValue,
} from "@ces/receipts";
import { differs, type VectorCase, vectorFault } from "../suite.ts";
import { type Category, isObject, jsonFiles, readJson, reasons, sharedFile } from "./acta-case.ts";

export const suiteInputs: Category = (folder) => {
  const key = objectIn(sharedFile(folder, "suite-inputs", "key.json"));
  return jsonFiles(folder).map((name): VectorCase => {
    const run = (): readonly (string | undefined)[] => {
      if (name === "key.json") return judgeKey(key);
      const value = objectIn(join(folder, name));
      return name === "receipt-schema.json" ? judgeSchema(value) : judgeInput(value, seedOf(key));
    };
    return { id: `suite-inputs/${name.slice(0, -".json".length)}`, run: () => reasons(run()) };
  });
};

function judgeKey(key: JsonObject): readonly (string | undefined)[] {
  const { public_key } = seedSigner(seedOf(key), nodeCrypto);
  return [
    differs("public key", key["public_key_hex"], encodeHex(public_key)),
    differs("thumbprint", key["kid_thumbprint"], keyThumbprint(public_key, nodeCrypto)),
  ];
}

function judgeInput(input: JsonObject, seed: Uint8Array): readonly (string | undefined)[] {
  const signer = seedSigner(seed, nodeCrypto);
  const signed = signReceipt(draftOf(input), {
    signer,
    head: EMPTY_CHAIN,
    issued_at: "2026-04-18T12:00:00.000Z",
    crypto: nodeCrypto,
  });
  if (signed.kind === "refused") return signed.causes.map(({ code, path }) => `refused: ${code} ${path}`);
  const report = verifyReceipt(signed.text, { crypto: nodeCrypto, anchors: { key: signer.public_key } });
  const secret = JSON.stringify(input["tool_input"]).slice(2, -2);
  return [
    differs("decision", input["expected_decision"], signed.receipt.payload.decision),
    differs("outcome", "valid", report.outcome),
    signed.text.includes(secret) ? "the arguments stand in the receipt" : undefined,
  ];
}

function draftOf(input: JsonObject): DecisionDraft {
  const { tool_name: tool, tool_input: given, session_id: session } = input;
  if (typeof tool !== "string" || !isObject(given)) throw vectorFault("an input names no tool");
  const allowed = decide(tool, given);
  const digest = saltedDigest(nodeCrypto, new Uint8Array(16).fill(1), utf8Encode(JSON.stringify(given)));
  return {
    type: DECISION_TYPE,
    tool_name: tool,
    decision: allowed ? "allow" : "deny",
    reason: allowed ? "policy_allow" : "policy_block",
    agent_id: "suite",
    observed_by: "client",
    policy_id: "guard",
    policy_engine: "ces-guard",
    policy_digest: `sha256:${"0".repeat(64)}`,
    sandbox_backend: "none",
    sandbox_state: "disabled",
    sandbox_observed: [],
    ...(typeof session === "string" ? { session_id: session } : {}),
    ...(digest === undefined ? {} : { input_digest: digest }),
  };
}

function decide(tool: string, { command, file_path }: JsonObject): boolean {
  if (tool === "Bash") return judgeCommand(String(command), setting, noFacts).decision === "allow";
  // Reads and writes inside the project.
  return typeof file_path === "string" && file_path.startsWith("./") && !file_path.includes("..");
}

const setting: Setting = {
  cwd: "/home/dev/project",
  home: "/home/dev",
  user: "dev",
  workspaces: ["/home/dev/project"],
  path: ["/usr/bin", "/bin"],
  variables: new Map(),
  mode: "standard",
  own_names: ["ces"],
  trash_command: "ces trash put",
  own_places: [],
  advisories: null,
  allow_rules: [],
  governed: false,
  now: 0,
  clock: () => 0,
};

// Both branches of the published structural schema are shapes that a reader here knows.
function judgeSchema(schema: JsonObject): readonly (string | undefined)[] {
  const branches = isObject(schema["definitions"]) ? schema["definitions"] : {};
  const shapes = { v1Flat: "legacy-flat", v2Envelope: "sb-runtime-v1" } as const;
  return Object.entries(shapes).map(([branch, shape]) => {
    const definition = branches[branch];
    const required = isObject(definition) && Array.isArray(definition["required"]) ? definition["required"] : [];
    const members = required.map((name) => [String(name), name === "payload" ? {} : "x"] as const);
    const report = verifyReceiptValue(Object.fromEntries(members), { crypto: nodeCrypto, anchors: {} });
    return differs(branch, shape, report.shape);
  });
}

function seedOf(key: JsonObject): Uint8Array {
  const seed = decodeHex(String(key["seed_hex"]));
  if (seed === undefined) throw vectorFault("the suite's seed is no hex");
  return seed;
}

function objectIn(path: string): JsonObject {
  const value = readJson(path);
  if (!isObject(value)) throw vectorFault(`\`${path}\` is not an object`);
  return value;
}
