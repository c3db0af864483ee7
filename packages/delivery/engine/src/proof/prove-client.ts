// Every canary through one client: the looking ones share a session, the others have their own. A session that could not be played proves
// nothing, and what proves nothing is red.
import { isCesError } from "@ces/kernel";
import type { CanaryResult, Proof } from "@ces/records";
import type { RuntimeOnHost } from "../context.ts";
import type { Canary, Judged, LookCanary, SessionCanary } from "./canary.ts";
import { judgeLook, lookCommand, lookPlay } from "./look-script.ts";
import type { Ground } from "./plant-ground.ts";
import type { ProofPorts } from "./proof-ports.ts";
import { proveSession, type ProveSession } from "./prove-session.ts";

/** What one client's part of a proof says. */
export type ClientProof = Pick<Proof, "canaries" | "not_tried" | "command_contracts">;

/** Plays all of `canaries` that this client can try. Throws what is a fault of CES itself. */
export async function proveClient(
  ports: ProofPorts,
  { client, ground, canaries }: { readonly client: RuntimeOnHost; readonly ground: Ground; readonly canaries: readonly Canary[] },
): Promise<ClientProof> {
  const runtime = client.runtime.name;
  const able = canaries.filter(({ needs_model }) => client.runtime.played !== null || needs_model !== true);
  const contracts: ClientProof["command_contracts"][number][] = [];
  const results = new Map<string, CanaryResult>();
  const note = ({ id, attempts, must }: Canary, judged: Judged, started_ms: number): void => {
    results.set(id, { id, runtime, attempts, must, ...judged, observed: judged.observed.slice(0, 2000) });
    report(ports, id, runtime, judged.held ? "passed" : "failed", {
      duration_ms: Math.round(ports.clock.monotonicMs() - started_ms),
      note: judged.observed,
    });
  };
  const play = async (session: Omit<ProveSession, "client" | "ground">, of: readonly Canary[], judge: Judge): Promise<void> => {
    const started_ms = ports.clock.monotonicMs();
    try {
      const { seen, contract, dispose } = await proveSession(ports, { client, ground, ...session });
      contracts.push({ runtime, ...contract });
      for (const one of of) note(one, judge(one, seen), started_ms);
      await dispose();
    } catch (error) {
      if (!isCesError(error)) throw error;
      for (const one of of) note(one, { held: false, observed: `it was not tried: ${error.message}` }, started_ms);
    }
  };
  const looks = able.filter((one): one is LookCanary => one.kind === "look");
  if (looks.length > 0) {
    const asked = (command: string): void => {
      const one = looks.find((look) => lookCommand(look) === command);
      if (one !== undefined) report(ports, one.id, runtime, "started");
    };
    await play({ label: "canaries that look", play: lookPlay(looks, ground.planted), asked }, looks, (one, seen) =>
      judgeLook(one as LookCanary, seen),
    );
  }
  for (const one of able.filter((canary): canary is SessionCanary => canary.kind === "session")) {
    report(ports, one.id, runtime, "started");
    await play({ label: one.id, play: one.play(client.runtime), asked: () => undefined }, [one], (_, seen) => one.judge(seen));
  }
  return {
    canaries: canaries.flatMap(({ id }) => results.get(id) ?? []),
    not_tried: canaries
      .filter((one) => !able.includes(one))
      .map(({ id }) => ({ id, runtime, why: "a recording has no model, no gateway and no second client" })),
    command_contracts: contracts,
  };
}

type Judge = (canary: Canary, seen: Parameters<SessionCanary["judge"]>[0]) => Judged;

function report(
  ports: Pick<ProofPorts, "report">,
  id: string,
  runtime: string,
  status: "started" | "passed" | "failed",
  end: { readonly duration_ms: number; readonly note: string } = { duration_ms: 0, note: "" },
): void {
  ports.report({ kind: "check", check_id: id, variant: runtime, status, ...end });
}
