// The one table from error codes to exit codes (DESIGN §6). Scripts rely on it; a code that stands nowhere is a plain failure.

/** What the process ends with. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 130;

/** What each exit code means, as help says it. */
export const exitMeaning: Readonly<Record<ExitCode, string>> = {
  0: "yes, done",
  1: "failed, or a bug of CES",
  2: "the command line is wrong",
  3: "the answer is no: denied or blocked",
  4: "integrity is broken: something stored was changed",
  5: "this machine cannot enforce it",
  6: "cannot be decided",
  7: "needs an approval",
  130: "interrupted",
};

// The longest prefix that fits decides; a whole code is its own longest prefix.
const table: Readonly<Record<string, ExitCode>> = {
  USAGE_: 2,
  BRIEF_NO_REQUEST: 2,
  CASSETTE_: 2,
  CHECK_INVALID: 2,
  CONFIG_INVALID: 2,
  DELIVERY_UNKNOWN: 2,
  GLOB_: 2,
  GUARD_SCOPE: 2,
  HOOK_BLOCKED: 2,
  IDENTITY_NAME: 2,
  IDENTITY_UNKNOWN: 2,
  NO_DELIVERY: 2,
  NO_PROJECT: 2,
  TRASH_UNKNOWN: 2,

  APPROVAL_: 3,
  BLOCKED: 3,
  BUDGET_: 3,
  CHECK_TOUCHED: 3,
  DELIVERY_BUSY: 3,
  DENIED: 3,
  DEPENDENCY_CHANGE: 3,
  EMERGENCY_: 3,
  FOLDER_: 3,
  GATE_: 3,
  GIT_: 3,
  GUARD_PERSON: 3,
  GUARD_SETTINGS: 3,
  HALT: 3,
  IDENTITY_EXISTS: 3,
  LEASE_: 3,
  LINK_ESCAPES: 3,
  NEEDS_CONSENT: 3,
  NESTED_REPOSITORY: 3,
  NETWORK_: 3,
  ODD_FILE: 3,
  PROJECT_EXISTS: 3,
  RELEASE_: 3,
  SCOPE_: 3,
  RETRIES_SPENT: 3,
  RETRY_POINTLESS: 3,
  STATE_TRACKED: 3,
  STEP_REFUSED: 3,
  TRANSITION_: 3,
  TRASH_JOURNAL_FORGED: 3,
  TRASH_NEEDS_TO: 3,
  WORKSPACE_: 3,
  WOULD_OVERWRITE: 3,

  BLOB_MODIFIED: 4,
  APPROVAL_PROOF: 4,
  APPROVAL_SIGNATURE: 4,
  EVIDENCE_INVALID: 4,
  EVIDENCE_MISSING: 4,
  EVIDENCE_MODIFIED: 4,
  EVIDENCE_SIGNATURE: 4,
  GIT_OBJECT_CORRUPT: 4,
  GUARD_LOG_BROKEN: 4,
  HEAD_: 4,
  KEY_NOT_ROTATED: 4,
  LEDGER_: 4,
  MANIFEST_HASH: 4,
  MANIFEST_KEY_UNKNOWN: 4,
  MANIFEST_MALFORMED: 4,
  MANIFEST_MODIFIED: 4,
  MANIFEST_SIGNATURE: 4,
  RECORD_MISSING: 4,
  STATE_MISSING_ROWS: 4,
  STATE_MODIFIED: 4,
  STORE_DAMAGED: 4,
  STORE_SCHEMA: 4,
  STORE_UNCOVERED: 4,
  STREAM_FORGED: 4,
  TRAIL_: 4,

  BIND_: 5,
  BOX_: 5,
  GATEWAY_: 5,
  GIT_UNUSABLE: 5,
  GUARD_LOCK: 5,
  GUARD_LOG: 5,
  GUARD_PATH: 5,
  GUARD_PLACE: 5,
  GUARD_PROGRAM: 5,
  KEY_: 5,
  MOUNT_POINT_: 5,
  NODE_: 5,
  PROJECT_POINTER_UNSAFE: 5,
  RUNTIME_: 5,
  SECCOMP_: 5,
  STATE_: 5,
  STORE_NEWER: 5,
  TOOLCHAIN_: 5,
  TRASH_FOLDER_UNSAFE: 5,
  WALLS_: 5,

  UNDECIDABLE: 6,

  NEEDS_APPROVAL: 7,

  INTERRUPTED: 130,
};

/** The exit code of an error code; 1 when the table does not know it. */
export function exitOf(code: string): ExitCode {
  const fitting = Object.keys(table).filter((prefix) => code.startsWith(prefix));
  const longest = fitting.reduce((best, prefix) => (prefix.length > best.length ? prefix : best), "");
  return table[longest] ?? 1;
}
