// The parent's side: starts the gateway process, hands it the key over a pipe, journals its reservations, hears its events.
import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CesError } from "@ces/kernel";
import {
  GatewayConfig,
  GatewayEvent,
  type GatewayCommand,
  type GatewayConfigInput,
  type GatewayUsage,
  type Reservation,
} from "./config.schema.ts";
import { parseLine, readLines } from "./speak-lines.ts";

/** May this request go? Resolve only after the reservation is durable; throwing counts as a refusal. */
export type Admit = (
  reservation: Reservation,
) => Promise<{ readonly kind: "admitted" } | { readonly kind: "refused"; readonly reason: string }>;

/** What starting needs. `nodePath` is absolute; `entryPath` is the bundled entry unless the one beside this file is meant. */
export interface StartGateway {
  readonly nodePath: string;
  readonly entryPath?: string;
  readonly config: GatewayConfigInput;
  /** Everything but `reserve` (which goes to `admit`). A throw halts the gateway: what cannot be recorded may not go on. */
  readonly onEvent: (event: GatewayEvent) => void;
  readonly admit: Admit;
}

/** A running gateway process. */
export interface Gateway {
  readonly pid: number;
  readonly socketPath: string;
  /** Totals as of the last reservation or settlement. */
  usage(): GatewayUsage;
  /** Refuses everything from now on and cuts what is in flight. */
  halt(reason: string): void;
  /** Ends the process (stdin closed, then killed after two seconds) and removes the socket. */
  close(): Promise<void>;
  /** Resolves when the process is gone, however that came. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const NOTHING: GatewayUsage = {
  requests: 0,
  input_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  output_tokens: 0,
  reasoning_tokens: 0,
  cost_microusd: 0,
  charged_tokens: 0,
  agents: 0,
};

/** Starts and waits until the socket listens. Throws GATEWAY_CONFIG (the configuration), GATEWAY_START (the process). */
export async function startGateway({ nodePath, entryPath, config, onEvent, admit }: StartGateway): Promise<Gateway> {
  const checked = GatewayConfig.safeParse(config);
  if (!checked.success) {
    // SECURITY: names of members only; the values hold the key.
    const members = checked.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw new CesError("GATEWAY_CONFIG", `the gateway's configuration is wrong in \`${members}\``, {
      remedy: "ces doctor",
    });
  }
  const child = spawnGateway(nodePath, entryPath ?? besideThisFile());
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  let usage = NOTHING;
  const tell = (command: GatewayCommand): void => void child.stdin?.write(`${JSON.stringify(command)}\n`);
  const answer = async (reservation: Reservation): Promise<void> => {
    const verdict = await admit(reservation).catch((): Awaited<ReturnType<Admit>> => ({
      kind: "refused",
      reason: "the reservation could not be journalled",
    }));
    tell(
      verdict.kind === "admitted"
        ? { kind: "admitted", id: reservation.id }
        : { kind: "refused", id: reservation.id, reason: verdict.reason },
    );
  };
  const hear = (event: GatewayEvent): void => {
    if ("usage" in event) usage = event.usage;
    if (event.kind === "reserve") void answer(event);
    else guarded(event);
  };
  const guarded = (event: GatewayEvent): void => {
    try {
      onEvent(event);
    } catch {
      tell({ kind: "halt", reason: "an event could not be recorded" });
    }
  };
  const ready = waitReady(child, hear);
  child.stdin?.on("error", () => undefined);
  child.stdin?.write(`${JSON.stringify(checked.data)}\n`);
  await Promise.race([ready, exited.then(() => undefined)]);
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw failedStart(await ready);
  return {
    pid: child.pid,
    socketPath: checked.data.socket_path,
    usage: () => usage,
    halt: (reason) => tell({ kind: "halt", reason }),
    close: () => closeGateway(child, exited, checked.data.socket_path),
    exited,
  };
}

/** Source beside source, bundle beside bundle. */
function besideThisFile(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./gateway.entry.${extension}`, import.meta.url));
}

/** Empty environment, no debugger port, its own process group (Ctrl-C reaches only the parent), a bounded heap. */
function spawnGateway(nodePath: string, entryPath: string): ChildProcess {
  return spawn(
    nodePath,
    ["--max-old-space-size=768", "--disable-sigusr1", "--disable-warning=ExperimentalWarning", entryPath],
    {
      env: {},
      cwd: "/",
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
    },
  );
}

/** Resolves at `ready` or at the end of the stream, with the fault that was told before, if any. */
function waitReady(child: ChildProcess, hear: (event: GatewayEvent) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    let fault: string | undefined;
    const take = (line: string): void => {
      const event = GatewayEvent.safeParse(parseLine(line));
      if (!event.success)
        return hear({ kind: "fault", code: "GATEWAY_CONTROL", text: "the gateway said something unknown" });
      if (event.data.kind === "fault") fault = `${event.data.code} ${event.data.text}`;
      if (event.data.kind === "ready") resolve(undefined);
      hear(event.data);
    };
    if (child.stdout === null) return resolve("no stdout");
    readLines(child.stdout, take, () => resolve(fault ?? "it ended"));
  });
}

function failedStart(fault: string | undefined): CesError {
  return new CesError("GATEWAY_START", `the model gateway did not start (\`${fault ?? "no reason"}\`)`, {
    remedy: "ces doctor",
  });
}

async function closeGateway(child: ChildProcess, exited: Promise<unknown>, socketPath: string): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
  await exited;
  clearTimeout(timer);
  rmSync(socketPath, { force: true });
}
