// The rule contract of the skill: what is loaded, what is decided and why, what trust and the log say.
import { nodeCrypto } from "@ces/crypto-node";
import { type GovernanceSkill, loadPolicy, openSkill, trustBook } from "@ces/governance-rules";
import { type Json, utf8Encode } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { readPolicyFolder } from "../../../apps/cli/src/receipts/read-policy-folder.ts";
import { differs, vectorFault } from "../suite.ts";
import { caseFiles, isObject, type Members, texts } from "./acta-case.ts";

/** Files of a case: objects, because JSON is YAML; a text is the YAML itself. */
export function policyFilesOf(value: Json | undefined): readonly PolicyFile[] {
  if (!isObject(value)) throw vectorFault("`policy_files` is no object");
  return Object.entries(value).map(([name, content]) => ({
    name,
    bytes: utf8Encode(typeof content === "string" ? content : JSON.stringify(content)),
  }));
}

// Text under a name of its own counts as well.
const FILES = ["policy_files", "policy_files_text", "policy_texts", "policy_text"];

function givenFiles(file: Members): readonly PolicyFile[] {
  const name = FILES.find((one) => file.plain[one] !== undefined) ?? "policy_files";
  const value = file.at(name);
  return policyFilesOf(typeof value === "string" ? { "p.yaml": value } : value);
}

export const skillPolicy = caseFiles("skill-policy", (file) => {
  const expected = file.object("expect");
  if (file.plain["trust_ops"] !== undefined) return trustReasons(file, expected);
  if (file.plain["policy_dir"] !== undefined) return folderReasons(file, expected);
  const files = givenFiles(file);
  const error = expected.text("error");
  const refused = loadPolicy(files, nodeCrypto).kind === "refused";
  if (error !== undefined || (refused && texts(expected.at("acceptable")).includes("policy_invalid"))) {
    for (const name of ["action", "actions", "context"]) file.at(name);
    for (const name of ["allowed", "max_ms"]) expected.at(name);
    // By meaning: whatever a fault is called, the policy was refused when it was loaded.
    return [refused ? undefined : differs("error", error ?? "policy_invalid", "loaded")];
  }
  return decidedReasons(file, expected, files);
});

async function decidedReasons(file: Members, expected: Members, files: readonly PolicyFile[]): Promise<Reasons> {
  const skill = openPlain(files);
  const { rules } = skill.policy().book;
  const lints = skill.policy().lints.map(({ code }) => code);
  const [lint, warning, loaded] = [expected.text("lint"), expected.text("warning"), expected.at("rules_loaded")];
  return [
    ...(await answerReasons(file, expected, skill)),
    ...(await auditReasons(file, expected, skill)),
    ...(await hostReasons(file, expected, files)),
    loaded === undefined ? undefined : differs("rules_loaded", loaded, rules.length),
    ...[lint, warning].map((code) =>
      code === undefined || (lints as readonly string[]).includes(code)
        ? undefined
        : `no ${code} among ${lints.join(", ")}`,
    ),
  ];
}

type Reasons = readonly (string | undefined)[];

async function answerReasons(file: Members, expected: Members, skill: GovernanceSkill): Promise<Reasons> {
  const action = file.text("action");
  if (action === undefined) return [];
  const context = file.at("context");
  const begun = performance.now();
  const got = await skill.checkPolicy(action, isObject(context) ? context : {});
  const [took, most] = [performance.now() - begun, expected.at("max_ms")];
  expected.at("acceptable");
  const shown = {
    allowed: got.allowed,
    policy_name: got.policy_name,
    reason: got.reason,
    receipt_policy_id: got.policy_id,
  };
  return [
    ...Object.entries(shown).map(([name, value]) => {
      const wanted = expected.at(name);
      return wanted === undefined ? undefined : differs(name, wanted, value);
    }),
    typeof most === "number" && took > most ? `took ${took} ms` : undefined,
  ];
}

async function auditReasons(file: Members, expected: Members, skill: GovernanceSkill): Promise<Reasons> {
  const actions = texts(file.at("actions"));
  for (const action of actions) await skill.checkPolicy(action);
  const wanted = expected.at("audit");
  return wanted === undefined
    ? []
    : [
        differs(
          "audit",
          wanted,
          skill.getAuditLog().map(({ decision }) => decision),
        ),
      ];
}

// The same rule with the host said by the operator for hosts.
async function hostReasons(file: Members, expected: Members, files: readonly PolicyFile[]): Promise<Reasons> {
  const wanted = expected.at("allowed_with_host_operator");
  if (wanted === undefined) return [];
  const text = files.map(({ bytes }) => new TextDecoder().decode(bytes)).join("");
  const [host = ""] = /[a-z0-9-]+(?:\\*\.[a-z0-9-]+)+/.exec(text.slice(text.indexOf("value"))) ?? [];
  const rule = { name: "host", condition: { operator: "host_is", value: host.replaceAll("\\", "") }, action: "allow" };
  const skill = openPlain([{ name: "p.yaml", bytes: utf8Encode(JSON.stringify({ rules: [rule] })) }]);
  return [differs("allowed_with_host_operator", wanted, (await skill.checkPolicy(file.text("action") ?? "")).allowed)];
}

function folderReasons(file: Members, expected: Members): Reasons {
  const folder = file.text("policy_dir") ?? "";
  try {
    readPolicyFolder(folder);
    return ["the folder was read"];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return [differs("error", expected.text("error"), code === "POLICY_FOLDER" ? "policy_dir_not_found" : code)];
  }
}

function trustReasons(file: Members, expected: Members): Reasons {
  const book = trustBook();
  const operations = file.at("trust_ops");
  const [after, tolerance] = [expected.at("after"), expected.at("tolerance")];
  if (!Array.isArray(operations) || !Array.isArray(after) || typeof tolerance !== "number")
    throw vectorFault("no trust_ops");
  const initial = book.get("x");
  const scores = operations.map((one: Json) =>
    Array.isArray(one) ? book.adjust(String(one[0]), Number(one[1])) : Number.NaN,
  );
  return [
    differs("initial", expected.at("initial"), initial),
    ...after.map((value: Json, i) =>
      Math.abs(Number(value) - (scores[i] ?? Number.NaN)) <= tolerance
        ? undefined
        : differs("after", value, scores[i] ?? null),
    ),
  ];
}

/** A skill without receipts. */
function openPlain(policies: readonly PolicyFile[]): GovernanceSkill {
  return openSkill({
    policies,
    sandbox: {
      backend: "sb_runtime_builtin",
      ring: null,
      production: false,
      no_sandbox: null,
      observed: [],
      policy_digest: null,
    },
    record: null,
    clock: { now: () => "2026-01-01T00:00:00.000Z" },
    crypto: nodeCrypto,
    random: (n) => new Uint8Array(n),
  });
}
