// Plain facts of one small delivery, for the tests of this room. Each test changes what it is about.
import type { CheckExecution, CheckRun, CheckSpec, Claim, DeltaFile, RunRecord, SealedManifest } from '@ces/records'
import type { EvidenceFacts } from '../src/index.ts'

export const at = '2026-01-01T00:00:00.000Z'
export const oid = (letter: string): string => letter.repeat(40)
export const sha = (letter: string): string => letter.repeat(64)
export const tree = oid('c')

export const deltaFile = (path: string, more: Partial<DeltaFile> = {}): DeltaFile => ({ path, change: 'modified', before: oid('a'), after: oid('b'), mode: '100644', bytes: 10, added_lines: 2, deleted_lines: 1, binary: false, ...more })

export const spec: CheckSpec = {
  check_id: 'npm-test',
  kind: 'test',
  argv: ['npm', 'test'],
  cwd: '.',
  origin: 'detected',
  summary_format: 'node-test',
  timeout_seconds: 60,
  closure: [
    { path: 'package.json', oid: oid('1') },
    { path: 'test/users.test.js', oid: oid('2') },
    { path: 'tools/run.js', oid: oid('3') },
  ],
}

export const execution = (variant: CheckExecution['variant'], more: Partial<CheckExecution> = {}): CheckExecution => ({
  variant,
  tree: variant === 'as_is' ? tree : oid(variant === 'base' ? 'd' : 'e'),
  run_id: 'R-000000000001',
  exit_code: 0,
  outcome: 'passed',
  counts: { passed: 5, failed: 0, skipped: 0 },
  duration_ms: 10,
  output_sha256: sha('0'),
  output_tail: 'ok',
  ...more,
})

export const checkRun = (outcome: CheckRun['outcome'] = 'passed', more: Partial<CheckRun> = {}): CheckRun => ({
  check_id: 'npm-test',
  argv: ['npm', 'test'],
  candidate_tree: tree,
  executions: [execution('as_is', outcome === 'failed' ? { outcome: 'failed', exit_code: 1 } : {}), execution('base_laid_over')],
  outcome,
  touched: outcome === 'touched' ? ['why'] : [],
  finished_at: at,
  ...more,
})

export const claim: Claim = {
  task_id: 'M-000000000001',
  summary: 'done',
  files_changed: ['src/users.js'],
  criteria_satisfied: [{ criterion: 'emails are validated', evidence: 'tests', evidence_kind: 'command_output' }],
  open_questions: [],
  scope_deviations: [],
  verification_commands: [{ command: 'npm test', exit_code: 0, summary: '5 passed' }],
}

const manifest: SealedManifest = {
  manifest: {
    schema: 'ces.manifest/v1',
    manifest_id: 'M-000000000001',
    version: 1,
    supersedes: null,
    delivery_id: 'D-000000000001',
    project_id: 'p',
    brief: { brief_id: 'BB-000000000001', request: 'validate', project_mode: 'brownfield', constraints: [], acceptance_criteria: ['emails are validated'], must_not_break: [], source_of_truth: '', critical_flows: [], defaulted: ['constraints'], created_at: at },
    risk_tier: 'B',
    behavior_confidence: 'BC2',
    change_class: 'Class 2',
    classification_hash: sha('1'),
    base_commit: oid('f'),
    base_tree: oid('d'),
    target_ref: 'refs/heads/main',
    affected_files: ['src/**'],
    forbidden_files: [],
    allowed_tools: [],
    forbidden_tools: [],
    network_hosts: [],
    budgets: { tokens: 1, requests: 1, cost_microusd: null, wall_seconds: 1, idle_seconds: 1, agents: 1, disk_bytes: 1, inodes: 1, max_output_tokens: 1 },
    runtime: 'claude',
    models: ['m'],
    acceptance_criteria: ['emails are validated'],
    checks: [spec],
    toolchain: [],
    policy_hash: sha('2'),
    minimum_gate: 'hybrid',
    max_retries: 3,
    owner: 'o',
    classifier_id: 'c',
    implementer_id: 'i',
    created_at: at,
    expires_at: '2026-01-08T00:00:00.000Z',
  },
  content_hash: sha('3'),
  signature: 'x',
  key_id: 'k',
}

const run: RunRecord = {
  schema: 'ces.run/v1',
  order: { run_id: 'R-000000000001', purpose: 'implement', delivery_id: 'D-000000000001', manifest_hash: sha('3'), attempt: 1, label: 'x' },
  runtime: 'claude',
  runtime_version: '1',
  model: 'm',
  reported_model: 'm',
  session_id: 's',
  outcome: 'completed',
  exit_code: 0,
  reason: null,
  usage: { requests: 3, input_tokens: 10, cache_read_tokens: 0, cache_write_tokens: 0, output_tokens: 5, reasoning_tokens: 0, cost_microusd: 7, charged_tokens: 15, agents: 1 },
  limits: [
    { name: 'network', asked: 'none', bound: true, held_by: 'kernel' },
    { name: 'tools', asked: 'edit', bound: true, held_by: 'gate' },
    { name: 'inodes', asked: '1', bound: false, held_by: 'kernel' },
  ],
  tool_gate: { asked: 4, allowed: 3, denied: 1 },
  decisions: { count: 4, head: sha('4') },
  transcript: null,
  final_text: '',
  started_at: at,
  ended_at: at,
  duration_ms: 1234,
}

export const facts: EvidenceFacts = {
  evidence_id: 'EP-000000000001',
  manifest,
  candidate: { schema: 'ces.candidate/v1', base_commit: oid('f'), base_tree: oid('d'), tree, attempt: 1, delta: { base_tree: oid('d'), in_scope: [deltaFile('src/users.js')], out_of_scope: [], left_behind: [], blockers: [] } },
  run,
  demo: false,
  reclassification: { schema: 'ces.classification/v1', risk_tier: 'B', behavior_confidence: 'BC2', change_class: 'Class 2', confidence: 0.1, action: 'human_classify', matched_rule: null, top_matches: [], basis: 'default_build', hazards: [], classifier_id: 'c', classified_at: at },
  checks: [checkRun()],
  claim,
  observations: [{ sensor: 'secret_scan', outcome: 'passed', detail: '', findings: [] }],
  custody: [],
  retries_used: 0,
  interrupted_attempts: 0,
  omitted: [],
  sealed_at: at,
}
