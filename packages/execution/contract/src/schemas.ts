// The schemas as data, for those who print them or judge a value by one.
export {
  houseReceiptSchema,
  policyExtensions,
  signedApprovalSchema,
  signedReceiptSchema,
  trustSchema,
} from "./schema/house-schemas.ts";
export { type JsonSchema, schemaViolations, type Violation } from "./schema/json-schema.ts";
export { approvalSchema } from "./schema/published-approval.ts";
export { contractSchema } from "./schema/published-contract.ts";
export { decisionSchema } from "./schema/published-decision.ts";
export { policySchema } from "./schema/published-policy.ts";
export { receiptSchema } from "./schema/published-receipt.ts";
