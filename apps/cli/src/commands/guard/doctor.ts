// `ces guard doctor`: is the guard before every tool of the agents here, and does it hold? Each hook is asked, not believed.
import {
  type GuardPlaces,
  type HostName,
  hostNames,
  logPath,
  ownState,
  readGuardConfig,
  scopes,
  verifyLog,
} from "@ces/hooks";
import { isCesError } from "@ces/kernel";
import { type CommandContext, defineCommand, type Outcome } from "../../define-command.ts";
import type { Finding } from "../../doctor/examine.ts";
import { snapshotState } from "../../guard-hooks/build-snapshot.ts";
import { examineHost } from "../../guard-hooks/examine-host.ts";
import { examineCanary, wiringFinding, wiringOf } from "../../guard-hooks/examine-wiring.ts";
import { forOption, hookEntry, hookRequest, ownPlaces } from "../../guard-hooks/hook-request.ts";
import { attention, bad, dim, good, line, type Line, plain } from "../../view/line.ts";

type Data = { readonly ready: boolean; readonly findings: readonly Finding[] };

export const command = defineCommand({
  summary: "is the guard before every tool of the agents here, and does it hold",
  group: "Execution",
  args: [],
  options: [forOption],
  examples: [
    { line: "ces guard doctor", note: "every client the guard is put into, each asked with a canary" },
    { line: "ces guard doctor --for codex", note: "one of them; exit 1 when something does not hold" },
  ],
  exits: [0, 1, 2, 5],
  run: async (ctx): Promise<Outcome<Data>> => {
    const named = hostNames.find((name) => name === ctx.text("for"));
    const hosts = await Promise.all((named === undefined ? hostNames : [named]).map((host) => examine(ctx, host)));
    const wired = hosts.flat();
    const missing = wired.length === 0 ? [notWired(named)] : [];
    const findings = [...examineOwn(ctx), ...wired, ...missing];
    const ready = findings.every(({ ok }) => ok !== false);
    return {
      exit: ready ? 0 : 1,
      data: { ready, findings },
      blockers: [],
      next: findings.find(({ ok }) => ok === false)?.remedy ?? null,
    };
  },
  view: ({ data }) => data.findings.flatMap(findingLines),
});

async function examine(ctx: CommandContext, host: HostName): Promise<readonly Finding[]> {
  const found = scopes.map((scope) => wiringOf(hookRequest(ctx, host, scope)));
  const each = found.map(async (wiring) => {
    if (wiring.kind === "none") return [];
    const canary = wiring.kind === "current" ? await examineCanary(ctx, wiring) : [];
    return [wiringFinding(wiring), ...canary, ...(await examineHost(ctx, wiring.request))];
  });
  return (await Promise.all(each)).flat();
}

const notWired = (host: HostName | undefined): Finding => ({
  name: host ?? "hooks",
  ok: false,
  detail: "the guard stands before no tool here",
  remedy: `ces guard install --for ${host ?? "claude"}`,
});

// The guard's own settings and log: a hook that cannot write its log refuses everything.
function examineOwn(ctx: CommandContext): readonly Finding[] {
  const places = ownPlaces(ctx);
  const { config, warning } = readGuardConfig(places.config);
  const mode: Finding =
    warning === null
      ? {
          name: "settings",
          ok: config.mode === "observe" ? null : true,
          detail:
            config.mode === "observe" ? "mode observe: nothing is stopped, only written down" : `mode ${config.mode}`,
          remedy: null,
        }
      : { name: "settings", ok: false, detail: warning, remedy: `mend ${places.config}` };
  try {
    ownState(places);
    const verdict = verifyLog(places);
    const log: Finding =
      verdict.kind === "whole"
        ? { name: "log", ok: true, detail: `${verdict.lines} lines, whole: ${logPath(places)}`, remedy: null }
        : { name: "log", ok: false, detail: `line ${verdict.line}: ${verdict.why}`, remedy: "ces guard log verify" };
    return [mode, log, ...examineSnapshot(places)];
  } catch (error) {
    if (!isCesError(error)) throw error;
    return [mode, { name: "log", ok: false, detail: error.message, remedy: error.remedy ?? null }];
  }
}

// A stale one is noticed by the hook itself, which then starts the bundle: right, but slow.
function examineSnapshot(places: GuardPlaces): readonly Finding[] {
  const state = snapshotState(places, hookEntry());
  if (state === "none") return [];
  const fresh = state === "fresh";
  const detail = fresh
    ? "of this guard and this node"
    : "of another build of the guard or of node; hooks are slow or refuse everything";
  return [
    { name: "snapshot", ok: fresh, detail, remedy: fresh ? null : "ces guard install --for HOST, once for each host" },
  ];
}

function findingLines({ name, ok, detail, remedy }: Finding): readonly Line[] {
  const mark = ok === true ? good`✓ ` : ok === null ? attention`- ` : bad`✗ `;
  return [
    line(mark, plain`${name.padEnd(16)}`, dim`${detail}`),
    ...(remedy === null ? [] : [line(dim`                  → `, plain`${remedy}`)]),
  ];
}
