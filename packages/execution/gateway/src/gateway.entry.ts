// The gateway as a process: configuration on the first line of stdin, events on stdout, death at the end of stdin.
// SECURITY: the real key comes in by stdin alone and is never in argv, environment, events or errors.
import { lookup } from "node:dns/promises";
import { GatewayCommand, GatewayConfig, type GatewayEvent } from "./config.schema.ts";
import type { Journal } from "./queue-requests.ts";
import { isPublicAddress } from "./public-address.ts";
import { serveEgress, type EgressServer } from "./serve-egress.ts";
import { serveModel, type ModelServer } from "./serve-model.ts";
import { parseLine, readLines } from "./speak-lines.ts";

/** Refusals told one by one; a client that asks for more is only counted. */
const TOLD = 2000;

type Answer = Awaited<ReturnType<Journal>>;
const waiting = new Map<string, (answer: Answer) => void>();
let server: ModelServer | undefined;
let egress: EgressServer | undefined;
let started = false;
let told = 0;

function emit(event: GatewayEvent): void {
  if ((event.kind === "decision" || event.kind === "egress") && event.verdict === "refused") {
    told += 1;
    if (told > TOLD) return;
    if (told === TOLD) emit({ kind: "fault", code: "DECISIONS_CAPPED", text: "further refusals are not told" });
  }
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

async function start(config: GatewayConfig): Promise<void> {
  server = await serveModel(config, {
    emit,
    journal: (ticket, usage) =>
      new Promise((resolve) => {
        waiting.set(ticket.id, resolve);
        const { id, model, tokens, cost_microusd, output, conversation } = ticket;
        emit({
          kind: "reserve",
          id,
          model,
          tokens,
          cost_microusd,
          input_tokens: ticket.input.reserved,
          output_tokens: output,
          conversation,
          usage,
        });
      }),
  });
  if (config.egress !== null) {
    const resolve = async (host: string): Promise<string[]> =>
      (await lookup(host, { all: true })).map(({ address }) => address);
    egress = await serveEgress(config.egress, { resolve, isPublic: isPublicAddress, emit }, config.socket_mode);
  }
  emit({ kind: "ready", socket_path: config.socket_path, pid: process.pid });
}

function take(line: string): void {
  if (!started) {
    started = true;
    const config = GatewayConfig.safeParse(parseLine(line));
    if (!config.success)
      return die("GATEWAY_CONFIG", config.error.issues.map((issue) => issue.path.join(".")).join(" "));
    start(config.data).catch((error: unknown) =>
      die("GATEWAY_SOCKET", error instanceof Error && "code" in error ? String(error.code) : "failed"),
    );
    return;
  }
  const command = GatewayCommand.safeParse(parseLine(line));
  if (!command.success) return die("GATEWAY_CONTROL", "unknown command");
  if (command.data.kind === "halt") return halt(command.data.reason);
  waiting.get(command.data.id)?.(command.data);
  waiting.delete(command.data.id);
}

function halt(reason: string): void {
  server?.halt(reason);
  egress?.halt();
}

/** INVARIANT: no parent, no gateway. */
function end(): void {
  server?.close();
  process.exit(0);
}

function die(code: string, text: string): void {
  emit({ kind: "fault", code, text });
  process.exit(1);
}

process.on("uncaughtException", (error) => die("GATEWAY_FAULT", error.name));
process.stdout.on("error", end);
readLines(process.stdin, take, end);
