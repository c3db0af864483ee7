// How `ces status` reads.
import { pairs, sections, table } from "../view/layout.ts";
import { attention, bad, dim, line, plain, span, strong, type Line, type Tone } from "../view/line.ts";

/** What is shown. The lists of `expert` are there either way, for `--json`. */
export type Status = {
  readonly expert: boolean;
  readonly project_id: string | null;
  readonly project_name: string;
  readonly halts: readonly { readonly halt_id: string; readonly reason: string; readonly declared_at: string }[];
  readonly active_manifests: readonly {
    readonly delivery_id: string;
    readonly manifest_id: string | null;
    readonly description: string;
    readonly risk_tier: string | null;
    readonly workflow_state: string;
  }[];
  readonly recent_events: readonly {
    readonly timestamp: string;
    readonly event_type: string;
    readonly actor: string;
    readonly summary: string;
  }[];
  readonly builder_run: StatusRun | null;
};

/** The part of a delivery's report that status shows. */
export type StatusRun = {
  readonly delivery_id: string;
  readonly request: string;
  readonly state: string;
  readonly runtime: string;
  readonly triage: string | null;
  readonly evidence_id: string | null;
  readonly merged_commit: string | null;
  readonly blockers: readonly { readonly code: string; readonly text: string }[];
};

/** Project, halts, the newest delivery; with `expert` the tables. */
export function statusLines(status: Status): readonly Line[] {
  return sections(
    [line(strong`${status.project_name}`, dim`  ${status.project_id ?? "ces has not been used here yet"}`)],
    status.halts.map(({ reason, declared_at }) => line(bad`halted `, plain`since ${declared_at}: ${reason}`)),
    status.builder_run ? runLines(status.builder_run) : [],
    status.expert ? openLines(status) : [],
    status.expert ? eventLines(status) : [],
  );
}

/** Colour of a state. */
export function stateTone(state: string): Tone {
  if (state === "merged" || state === "deployed") return "good";
  return ["failed", "rejected", "cancelled"].includes(state) ? "bad" : "attention";
}

function runLines({
  delivery_id,
  request,
  state,
  runtime,
  triage,
  evidence_id,
  merged_commit,
  blockers,
}: StatusRun): readonly Line[] {
  return [
    ...pairs([
      ["request", plain`${request}`],
      ["delivery", plain`${delivery_id}`],
      ["state", span(stateTone(state), state.replace("_", " "))],
      // S38: nobody shall take a recording for an agent's work.
      ["runtime", runtime === "replay" ? attention`replay (a recording, not an agent)` : null],
      ["triage", triage === null ? null : plain`${triage}`],
      ["evidence", evidence_id === null ? null : plain`${evidence_id}`],
      ["commit", merged_commit === null ? null : plain`${merged_commit}`],
    ]),
    ...(merged_commit === null
      ? blockers.map(({ code, text }) => line(attention`  blocked: `, plain`${text}`, dim` [${code}]`))
      : []),
  ];
}

function openLines({ active_manifests }: Status): readonly Line[] {
  if (active_manifests.length === 0) return [line(dim`no delivery is open`)];
  const rows = active_manifests.map((one) => [
    plain`${one.manifest_id ?? one.delivery_id}`,
    plain`${one.risk_tier ?? "-"}`,
    span(stateTone(one.workflow_state), one.workflow_state),
    plain`${one.description}`,
  ]);
  return table(["contract", "tier", "state", "request"], rows);
}

function eventLines({ recent_events }: Status): readonly Line[] {
  const rows = recent_events.map((one) => [
    dim`${one.timestamp}`,
    plain`${one.event_type}`,
    plain`${one.actor}`,
    plain`${one.summary}`,
  ]);
  return table(["time", "type", "actor", "summary"], rows);
}
