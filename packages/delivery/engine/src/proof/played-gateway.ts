// The gateway of a proof's session: the real process with a planted key, in front of a played model.
import { join } from "node:path";
import { type GatewayEvent } from "@ces/gateway";
import { INSIDE } from "@ces/sandbox";
import type { PreparedBox } from "../box/open-box.ts";
import type { Seen } from "./canary.ts";
import { playModel } from "./play-model.ts";
import type { ProofPorts } from "./proof-ports.ts";
import type { ProveSession } from "./prove-session.ts";

/** Gateway and model of one session. */
export interface PlayedGateway {
  readonly socket_inside: string;
  seen(): Seen["model"];
  /** What it refused, in its words. */
  refused(): readonly string[];
  close(): Promise<void>;
}

const SOCKET = "model.sock";

/** Starts both; null for a runtime that has no model. Throws GATEWAY_START. */
export async function openPlayedGateway(
  ports: ProofPorts,
  { client: { runtime }, play, ground }: ProveSession,
  { prepared, onSpent }: { readonly prepared: PreparedBox; readonly onSpent: () => void },
): Promise<PlayedGateway | null> {
  if (runtime.played === null || runtime.vendor === "none") return null;
  const refused: string[] = [];
  const model = await playModel(runtime.played, play.commands, ground.tokens.gateway);
  const scheme = runtime.vendor === "anthropic" ? "x_api_key" : "bearer";
  try {
    const gateway = await ports.startGateway({
      nodePath: ports.tools.node,
      entryPath: ports.tools.gateway_entry,
      config: {
        schema: "ces.gateway/v1",
        run_id: prepared.order.run_id,
        socket_path: join(prepared.root.gate, SOCKET),
        socket_mode: 0o666,
        vendor: runtime.vendor,
        upstream: {
          origin: model.origin,
          base_path: runtime.vendor === "openai" ? "/v1" : "",
          auth: { scheme, key: ground.tokens.gateway },
        },
        models: [runtime.played.model],
        budgets: { tokens: null, cost_microusd: null, requests: 200, agents: play.agents },
        limits: { max_output_tokens: 1000 },
      },
      admit: async () => ({ kind: "admitted" }),
      onEvent: (event: GatewayEvent) => {
        if (event.kind === "decision" && event.verdict === "refused") refused.push(`${event.code}: ${event.text}`);
        if (event.kind === "budget_spent") {
          refused.push(event.text);
          onSpent();
        }
      },
    });
    return {
      socket_inside: `${INSIDE.gate}/${SOCKET}`,
      seen: model.seen,
      refused: () => refused,
      close: async () => void (await Promise.all([gateway.close(), model.close()])),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}
