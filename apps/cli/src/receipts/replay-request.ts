// What a replay needs, read from the command line: receipts, keys, the published policy, and what was asked.
import { resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { type ArmedPolicy, armedPolicy, type AskedAgain, holdsCedar } from "@ces/governance-rules";
import { CesError, type JsonObject } from "@ces/kernel";
import { type Finding, openPolicyBundle, type PolicyFile } from "@ces/receipts";
import { readDocument } from "../csc/read-document.ts";
import type { CommandContext } from "../define-command.ts";
import { askedActions } from "./asked-actions.ts";
import { loadCedar } from "./load-cedar.ts";
import { readPolicyFolder } from "./read-policy-folder.ts";
import { documentsOf, trustedKeys, MAX_POLICY, receiptsOf, type VerifyRequest } from "./verify-request.ts";

/** The policy that is asked again, or why the one that was named cannot be. */
export type ReplayPolicy =
  | ({ readonly kind: "policy" } & ArmedPolicy)
  | { readonly kind: "refused"; readonly causes: readonly Finding[] };

/** Everything that a replay needs. */
export type ReplayRequest = {
  readonly verification: VerifyRequest;
  readonly policy: ReplayPolicy;
  readonly asked: (payload: JsonObject) => AskedAgain;
};

/** Reads the request. Throws CesError `CSC_FILE`, `USAGE_…`, `POLICY_…`, `CEDAR_…`. */
export async function replayRequest(ctx: CommandContext): Promise<ReplayRequest> {
  const policy = await policyOf(ctx);
  const asked = askedActions({
    actions: documentsOf(ctx, "actions") ?? [],
    disclosures: documentsOf(ctx, "disclosures") ?? [],
  });
  const { anchors, unusable } = trustedKeys(ctx);
  const options = { crypto: nodeCrypto, anchors };
  return { verification: { ...receiptsOf(ctx), options, policy: null, unusable_keys: unusable }, policy, asked };
}

async function policyOf(ctx: CommandContext): Promise<ReplayPolicy> {
  const [folder, bundle] = [ctx.text("policy-dir"), ctx.text("policy")];
  if ((folder === undefined) === (bundle === undefined))
    throw new CesError("USAGE_OPTION", "a replay needs one policy: `--policy-dir DIR` or `--policy FILE`", {
      remedy: "ces receipts replay chain.jsonl --keys keys.json --policy-dir policy",
    });
  if (folder !== undefined) return armed(readPolicyFolder(resolve(ctx.cwd, folder)));
  const opened = openPolicyBundle(readDocument(resolve(ctx.cwd, bundle ?? ""), "policy", MAX_POLICY), nodeCrypto);
  return opened.kind === "refused" ? { kind: "refused", causes: opened.report.causes } : armed(opened.files);
}

async function armed(files: readonly PolicyFile[]): Promise<ReplayPolicy> {
  const cedar = files.some(({ name }) => holdsCedar(name)) ? await loadCedar() : null;
  return { kind: "policy", ...armedPolicy(files, { cedar, crypto: nodeCrypto }) };
}
