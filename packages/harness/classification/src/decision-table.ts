// The decision table (spec/ces §3.1) as data. The wording is normative: the oracle measures similarity against it.
import type { Axes } from './axes.ts'

/** One row: a kind of change and where it stands on the three axes. `rule` is its number in the specification. */
export interface DecisionRow extends Axes {
  readonly rule: number
  readonly text: string
}

/** The 38 rows in the order of the specification; 31 to 38 are about systems like this one. */
export const decisionTable: readonly DecisionRow[] = [
  { rule: 1, text: 'Add a new internal utility function', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 1' },
  { rule: 2, text: 'Add a new API endpoint (internal)', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 1' },
  { rule: 3, text: 'Add a new API endpoint (external)', risk_tier: 'A', behavior_confidence: 'BC1', change_class: 'Class 3' },
  { rule: 4, text: 'Fix a typo in a UI string', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 2' },
  { rule: 5, text: 'Fix an off-by-one in pagination', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 2' },
  { rule: 6, text: 'Fix a race condition in payment flow', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 7, text: 'Refactor internal module boundaries', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 2' },
  { rule: 8, text: 'Change a database schema (add column)', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 3' },
  { rule: 9, text: 'Change a database schema (modify column)', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 10, text: 'Add a feature flag', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 1' },
  { rule: 11, text: 'Remove a feature flag (enable permanently)', risk_tier: 'B', behavior_confidence: 'BC2', change_class: 'Class 5' },
  { rule: 12, text: 'Update a third-party dependency (minor)', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 2' },
  { rule: 13, text: 'Update a third-party dependency (major)', risk_tier: 'B', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 14, text: 'Change authentication logic', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 15, text: 'Change authorization / permissions', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 2' },
  { rule: 16, text: 'Modify a state machine', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 17, text: 'Add a new state to a state machine', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 18, text: 'Change error codes or error semantics', risk_tier: 'B', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 19, text: 'Migrate from legacy service to new', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 4' },
  { rule: 20, text: 'Replace ORM / data layer', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 4' },
  { rule: 21, text: 'Shadow-deploy a replacement service', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 4' },
  { rule: 22, text: 'Delete unused code', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 5' },
  { rule: 23, text: 'Retire a public API version', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 5' },
  { rule: 24, text: 'Remove a database table', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 5' },
  { rule: 25, text: 'Change logging or telemetry format', risk_tier: 'C', behavior_confidence: 'BC1', change_class: 'Class 3' },
  { rule: 26, text: 'UX copy change (user-facing)', risk_tier: 'C', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 27, text: 'New onboarding flow', risk_tier: 'B', behavior_confidence: 'BC3', change_class: 'Class 1' },
  { rule: 28, text: 'Change checkout flow', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 2' },
  { rule: 29, text: 'Change pricing logic', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 2' },
  { rule: 30, text: 'Infrastructure / CI config change', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 2' },
  { rule: 31, text: 'Change to classification engine or decision table', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 4' },
  { rule: 32, text: 'Change to audit ledger or chain integrity', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 4' },
  { rule: 33, text: 'Change to kill switch or emergency halt logic', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 4' },
  { rule: 34, text: 'Change to review executor or review pipeline', risk_tier: 'A', behavior_confidence: 'BC3', change_class: 'Class 4' },
  { rule: 35, text: 'Change to gate evaluator or phase gates', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 36, text: 'Change to merge controller or merge validation', risk_tier: 'A', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 37, text: 'Change to evidence synthesizer or evidence pipeline', risk_tier: 'B', behavior_confidence: 'BC2', change_class: 'Class 3' },
  { rule: 38, text: 'Change to sensor framework or sensor pack', risk_tier: 'B', behavior_confidence: 'BC1', change_class: 'Class 2' },
]
