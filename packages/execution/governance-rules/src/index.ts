// The rules of a governed agent: what may be done, decided in linear time, with reasons.
export { readAction } from "./action/read-action.ts";
export { type RequestContext, type RuleBook, ruleBook, type Ruling } from "./decide/rule-book.ts";
export { API_VERSION } from "./load/read-rules.ts";
export { type DigestPolicy, loadedPolicy, loadPolicy, type Policy, type PolicyLoad } from "./load/load-policy.ts";
export type { PolicyFile } from "./load/policy-file.ts";
