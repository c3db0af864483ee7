// The three views of `explain`, as lines.
import type { EvidencePacket } from "@ces/records";
import { heading, pairs, sections } from "../view/layout.ts";
import { attention, bad, dim, good, line, plain, span, strong, type Line, type Span } from "../view/line.ts";
import type { StoryStep } from "./story-steps.ts";
import type { Story } from "./read-story.ts";

const marks = { done: "✓", now: "▸", stopped: "✗", open: "·" } as const;
const tones = { done: "good", now: "attention", stopped: "bad", open: "dim" } as const;

/** The thread, and what happened at each hop. */
export function overviewLines({ report }: Pick<Story, "report">, steps: readonly StoryStep[]): readonly Line[] {
  return sections(
    [
      line(dim`you asked for  `, strong`${report.request}`),
      line(
        dim`it is          `,
        stateSpan(report.state),
        report.runtime === "replay" ? attention`  (demo: a replay, not an agent)` : plain``,
      ),
    ],
    steps.map(({ stage, state, text }) =>
      line(span(tones[state], `  ${marks[state]} ${stage.padEnd(10)}`), span(state === "open" ? "dim" : "plain", text)),
    ),
    report.left_behind.length === 0
      ? []
      : [line(dim`left behind and never used: `, plain`${report.left_behind.join(", ")}`)],
  );
}

/** Why it was decided as it was: risk, gate, evidence for and against. */
export function decisioningLines(story: Story): readonly Line[] {
  const { report, manifest, triage, approval, evidence } = story;
  const risk =
    report.tier === null
      ? null
      : plain`tier ${report.tier}, ${report.behavior_confidence ?? "?"}, ${report.change_class ?? "?"}`;
  return sections(
    [
      heading("Decision"),
      ...pairs([
        [
          "contract",
          manifest && plain`${manifest.manifest_id} version ${manifest.version}, until ${manifest.expires_at}`,
        ],
        ["boxes", boxesSpan(story)],
        ["risk", risk],
        ["triage", triage && colourSpan(triage.color)],
        ["gate", report.required_gate === null ? null : plain`${report.required_gate}`],
        [
          "decided",
          approval &&
            plain`${approval.decision} by ${approval.actor.id} (${approval.gate_supplied}) at ${approval.decided_at}`,
        ],
        ["reason", approval && plain`${approval.reason}`],
      ]),
    ],
    bullets("Triage says", triage?.reasons ?? []),
    bullets("The gate is that strict because", report.gate_reasons),
    evidence ? evidenceLines(evidence) : [line(dim`no evidence is sealed yet`)],
  );
}

/** What had to stay as it was. */
export function brownfieldLines({ brief }: Story): readonly Line[] {
  if (!brief) return [line(dim`no brief is recorded yet`)];
  if (brief.project_mode === "greenfield") return [line(plain`a new project: there was nothing to keep`)];
  return sections(
    [heading("Existing behaviour"), ...pairs([["best source", span("plain", brief.source_of_truth || "not said")]])],
    bullets("Must not break", brief.must_not_break),
    bullets("Most important flows", brief.critical_flows),
    bullets("Constraints", brief.constraints),
    brief.defaulted.length === 0 ? [] : [line(attention`answered by --yes: `, plain`${brief.defaulted.join(", ")}`)],
  );
}

function boxesSpan({ command_contracts }: Story): Span | null {
  if (command_contracts.length === 0) return null;
  const held = command_contracts.filter((one) => one !== null);
  const policies = [...new Set(held.map(({ policy, policy_sha256 }) => `${policy} ${policy_sha256.slice(0, 12)}`))];
  return plain`${command_contracts.length} started, ${held.length} under a command contract; policy ${policies.join(", ") || "none"}`;
}

function evidenceLines({ decision_view, honesty, observations }: EvidencePacket): readonly Line[] {
  const failed = observations
    .filter(({ outcome }) => outcome !== "passed")
    .map(({ sensor, outcome, detail }) => `${sensor} ${outcome}: ${detail}`);
  const open = [
    ...honesty.skipped_checks.map((name) => `check ${name} was skipped`),
    ...honesty.touched_checks.map((name) => `check ${name} is touched by the change`),
    ...honesty.limits_not_bound.map((name) => `limit ${name} did not bind`),
    ...(honesty.denied_calls > 0 ? [`${honesty.denied_calls} calls of the agent were denied`] : []),
    ...(honesty.interrupted_attempts > 0 ? [`${honesty.interrupted_attempts} attempts were interrupted`] : []),
  ];
  return sections(
    [
      line(dim`change     `, plain`${decision_view.change_summary}`),
      line(dim`roll back  `, plain`${decision_view.rollback_readiness.replace("_", " ")}`),
    ],
    bullets("For it", decision_view.arguments_for),
    bullets("Against it", decision_view.arguments_against),
    bullets("Risks that are left", decision_view.unresolved_risks),
    bullets("Sensors", failed),
    bullets("Know also", open),
  );
}

function bullets(title: string, texts: readonly string[]): readonly Line[] {
  return texts.length === 0 ? [] : [heading(title), ...texts.map((text) => line(dim`  - `, plain`${text}`))];
}

function stateSpan(state: string): Span {
  if (state === "merged" || state === "deployed") return good`${state}`;
  return ["failed", "rejected", "cancelled"].includes(state) ? bad`${state}` : attention`${state.replace("_", " ")}`;
}

function colourSpan(colour: string): Span {
  return span(colour === "green" ? "good" : colour === "yellow" ? "attention" : "bad", colour);
}
