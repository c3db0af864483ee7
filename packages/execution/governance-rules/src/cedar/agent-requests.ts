// An action as Cedar's questions: in one spelling, with the text as it came beside it, because `like` resolves nothing. A line of several
// commands is several questions, and the strictest answer counts.

import type { ReadAction } from "../action/action-reading.ts";
import { readLocation } from "../action/http-action.ts";
import type { CedarEntity, CedarRequest, CedarUid, CedarValue } from "./cedar-engine.ts";

/** Who asks. `trust` in thousandths. */
export type CedarAgent = { readonly agent_id: string; readonly trust: number; readonly ring: number };

type Target = {
  readonly action: string;
  readonly type: string;
  readonly id: string;
  readonly attrs: Readonly<Record<string, CedarValue>>;
  readonly context: Readonly<Record<string, CedarValue>>;
};

/** The questions that an action is; at least one. */
export function agentRequests(read: ReadAction, agent: CedarAgent): readonly CedarRequest[] {
  return targetsOf(read).map((target) => requestOf(read, agent, target));
}

function targetsOf(read: ReadAction): readonly Target[] {
  switch (read.kind) {
    case "file":
      return [fileTarget(read)];
    case "http":
    case "https":
      return [endpointTarget(read)];
    case "shell":
      return read.allWords.length === 0 ? [toolTarget(read)] : read.allWords.map((words) => commandTarget(read, words));
    default:
      return [toolTarget(read)];
  }
}

function fileTarget(read: ReadAction): Target {
  const [, mode = "", ...path] = read.normal.split(":");
  const name = path.join(":");
  return { action: "open", type: "File", id: name, attrs: { path: name }, context: { mode } };
}

function endpointTarget(read: ReadAction): Target {
  const [, method = "", ...rest] = read.normal.split(":");
  const url = rest.join(":");
  const where = readLocation(url);
  const tls = read.kind === "https" || /^[^:]*:[^:]*:https:/i.test(read.raw);
  const host = where?.host ?? "";
  const port = where === null || where.port === "" ? (tls ? 443 : 80) : Number(where.port);
  return {
    action: "connect",
    type: "Endpoint",
    id: `${host}:${port}`,
    attrs: { host, port, protocol: read.kind },
    context: { tls, method, url },
  };
}

function commandTarget(read: ReadAction, words: string): Target {
  const argv = words.split("\0").slice(0, -1);
  const [command = ""] = argv;
  const context = { command: command.slice(command.lastIndexOf("/") + 1), argv, line: argv.join(" ") };
  return { action: "exec", type: "Executable", id: command, attrs: { path: command }, context };
}

function toolTarget(read: ReadAction): Target {
  const { tool_name: name } = read;
  return { action: "request_tool", type: "Tool", id: name, attrs: { name }, context: { action: read.normal } };
}

function requestOf(read: ReadAction, { agent_id, trust, ring }: CedarAgent, target: Target): CedarRequest {
  const principal = uid("Principal", agent_id);
  const resource = uid(target.type, target.id);
  const score = {
    __extn: { fn: "decimal", arg: `${Math.floor(trust / 1000)}.${String(trust % 1000).padStart(3, "0")}` },
  };
  const entities: CedarEntity[] = [
    { uid: principal, attrs: { agent_id, trust_score: score, ring }, parents: [] },
    { uid: resource, attrs: target.attrs, parents: [] },
  ];
  const action = { type: "Agent::Action", id: target.action };
  return { principal, action, resource, context: { ...target.context, raw: read.raw }, entities };
}

function uid(type: string, id: string): CedarUid {
  return { type: `Agent::${type}`, id };
}
