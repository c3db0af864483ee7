// The Cedar engine as a port: the calls of `@cedar-policy/cedar-wasm` that are used, and nothing else of it. Whoever loads it is not here.
// Lists are mutable because the engine's own types are.

/** An entity's name. Built through this form only, never by putting texts together. */
export type CedarUid = { readonly type: string; readonly id: string };
/** A value of Cedar's JSON form. */
export type CedarValue =
  | string
  | number
  | boolean
  | CedarValue[]
  | { readonly __extn: { readonly fn: string; readonly arg: string } }
  | { [name: string]: CedarValue };
/** An entity with its attributes. */
export type CedarEntity = {
  readonly uid: CedarUid;
  readonly attrs: Record<string, CedarValue>;
  readonly parents: CedarUid[];
};

/** A question. */
export type CedarRequest = {
  readonly principal: CedarUid;
  readonly action: CedarUid;
  readonly resource: CedarUid;
  readonly context: Record<string, CedarValue>;
  readonly entities: CedarEntity[];
};

type Fault = { readonly message: string };
type Failure = { readonly type: "failure"; readonly errors: readonly Fault[] };
type Parsed = { readonly type: "success" } | Failure;

/** A set of policies by id. */
export type CedarPolicies = { readonly staticPolicies: Record<string, string> };

/** The engine's answer. */
export type CedarResponse = {
  readonly decision: "allow" | "deny";
  readonly diagnostics: {
    readonly reason: readonly string[];
    readonly errors: readonly { readonly policyId: string; readonly error: Fault }[];
  };
};

/** What the engine must offer. Every call may also throw. */
export type CedarEngine = {
  readonly getCedarVersion: () => string;
  readonly policySetTextToParts: (
    text: string,
  ) =>
    | { readonly type: "success"; readonly policies: readonly string[]; readonly policy_templates: readonly string[] }
    | Failure;
  readonly validate: (call: {
    readonly validationSettings: { readonly mode: "strict" };
    readonly schema: string;
    readonly policies: CedarPolicies;
  }) =>
    | {
        readonly type: "success";
        readonly validationErrors: readonly { readonly policyId: string; readonly error: Fault }[];
        readonly validationWarnings: readonly { readonly policyId: string; readonly error: Fault }[];
      }
    | Failure;
  readonly preparsePolicySet: (id: string, policies: CedarPolicies) => Parsed;
  readonly preparseSchema: (name: string, schema: string) => Parsed;
  readonly statefulIsAuthorized: (
    call: CedarRequest & {
      readonly preparsedPolicySetId: string;
      readonly preparsedSchemaName?: string;
      readonly validateRequest?: boolean;
    },
  ) => { readonly type: "success"; readonly response: CedarResponse } | Failure;
};
