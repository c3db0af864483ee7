// Every code a decision can give. Codes are permanent once published; readers must tolerate unknown ones. Source: spec/csc.md §2.4.

/** The published codes. */
export type PublishedReasonCode =
  | "RISK_CLASS_NOT_ALLOWED"
  | "COMMAND_NOT_ALLOWED"
  | "ARGV_PREFIX_DENIED"
  | "EFFECT_TYPE_NOT_ALLOWED"
  | "TIMEOUT_EXCEEDS_POLICY"
  | "NETWORK_EXCEEDS_POLICY"
  | "SECRET_REF_NOT_ALLOWED"
  | "CWD_NOT_ALLOWED"
  | "READ_SCOPE_DENIED"
  | "WRITE_PATHS_NOT_EMPTY"
  | "WRITE_SCOPE_DENIED"
  | "PATH_NOT_ABSOLUTE"
  | "APPROVAL_REQUIRED"
  | "ALLOW"
  | "EFFECT_RECLASSIFIED";

/** The codes of the house. */
export type HouseReasonCode =
  | "EMERGENCY_DENY_ALL"
  | "LIMIT_EXCEEDED"
  | "COMMAND_ID_DUPLICATE"
  | "INTERPRETER_NOT_ALLOWED"
  | "GUARD_DENIED"
  | "BINARY_NOT_ALLOWED"
  | "ENV_NOT_ALLOWED"
  | "SCOPE_NOT_GRANTABLE"
  | "APPROVAL_INVALID"
  | "APPROVED";

/** Any code of a decision. */
export type ReasonCode = PublishedReasonCode | HouseReasonCode;
