// What a Cedar policy may speak of: the agent, and what it opens, runs, connects to or calls. Request and policies are validated
// against it, so a misspelt attribute is found when the policy is loaded. Source: spec/acta.md §5.

/** The schema, in Cedar's own syntax. `raw` is the action as it was asked; everything else is in one spelling. */
export const AGENT_SCHEMA = `namespace Agent {
  entity Principal = { agent_id: String, trust_score: decimal, ring: Long };
  entity File = { path: String };
  entity Endpoint = { host: String, port: Long, protocol: String };
  entity Executable = { path: String };
  entity Tool = { name: String };
  action open appliesTo { principal: Principal, resource: File, context: { mode: String, raw: String } };
  action connect appliesTo {
    principal: Principal, resource: Endpoint, context: { tls: Bool, method: String, url: String, raw: String }
  };
  action exec appliesTo {
    principal: Principal, resource: Executable, context: { command: String, argv: Set<String>, line: String, raw: String }
  };
  action request_tool appliesTo { principal: Principal, resource: Tool, context: { action: String, raw: String } };
}
`;
