// Forms that several payloads share.

import { closed, code, digest, flag, instant, label, list, text, whole, word } from "../schema/form.ts";
import { SIG_ALG, SPEC } from "./receipt.ts";

/** `sb:issuer:` and 12 characters of base58. */
export const issuerKid = text(22, /^sb:issuer:[1-9A-HJ-NP-Za-km-z]{12}$/);

/** Members of every signed text. */
export const signedMembers = { spec: word(SPEC), sig_alg: word(SIG_ALG), issuer_id: issuerKid, issued_at: instant };

/** Members of every receipt of a chain; the link is optional because the first has none. */
export const chainMembers = { ...signedMembers, sequence: whole(1) };
export const linkMember = { previousReceiptHash: digest };

const names = list(label(128), 64);

const observation = closed({
  source: word("kernel", "driver", "env"),
  facts: closed(
    {},
    {
      seccomp: whole(0, 2),
      no_new_privs: flag,
      cap_eff: text(16, /^[0-9a-f]{16}$/),
      landlock: flag,
      canary_denied: flag,
      driver: label(128),
      driver_version: label(128),
      driver_session: label(256),
      policy_digest: digest,
      held: names,
      not_held: names,
    },
  ),
});

/** The sandbox, configured and observed. */
export const sandboxRequired = {
  sandbox_backend: word("ces_walls", "sb_runtime_builtin", "nono", "openshell", "none"),
  sandbox_state: word("enabled", "disabled", "unavailable"),
  sandbox_observed: list(observation, 3),
};
export const sandboxOptional = { ring: word(2, 3), sandbox_policy_digest: digest };

/** The texts that an action stood under, by digest: what joins receipts of one house. */
export const governing = { manifest_digest: digest, contract_digest: digest, contract_decision_digest: digest };

/** What names an action without its arguments. */
export const toolName = text(256, /^[\x21-\x7e]+$/);
export const agentId = text(256, /^[\x21-\x7e]+$/);
export const sessionId = code;
