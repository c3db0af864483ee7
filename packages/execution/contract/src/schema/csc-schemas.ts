// Every schema by the name that people ask for it.

import { houseReceiptSchema, policyExtensions, signedApprovalSchema, trustSchema } from "./house-schemas.ts";
import type { JsonSchema } from "./schema-members.ts";
import { approvalSchema } from "./published-approval.ts";
import { contractSchema } from "./published-contract.ts";
import { decisionSchema } from "./published-decision.ts";
import { policySchema } from "./published-policy.ts";
import { receiptSchema } from "./published-receipt.ts";

/** A schema as it is enforced, and what it is of. */
export type NamedSchema = { readonly schema: JsonSchema; readonly about: string };

/** By name; `published` ones are the format's, value for value. */
export const cscSchemas = {
  contract: { schema: contractSchema, about: "what an agent asks for; published" },
  policy: { schema: policySchema, about: "what an operator grants; published" },
  "policy-extensions": { schema: policyExtensions, about: "the members that CES adds to a policy" },
  decision: { schema: decisionSchema, about: "what `ces contract check --json` answers; published" },
  approval: { schema: signedApprovalSchema, about: "an approval, bare or bound and signed" },
  "approval-published": { schema: approvalSchema, about: "the bare approval; published" },
  receipt: { schema: houseReceiptSchema, about: "what `ces contract run` writes" },
  "receipt-published": { schema: receiptSchema, about: "the receipt of the reference; published" },
  trust: { schema: trustSchema, about: "the file of `ces contract verify --trust`" },
} as const satisfies Readonly<Record<string, NamedSchema>>;
