// Every canary through one client: the looking ones share a session, the others have their own. A session that could not be played proves
// nothing, and what proves nothing is red.
import { CesError, isCesError } from "@ces/kernel";
import type { CanaryResult, Proof } from "@ces/records";
import type { RuntimeOnHost } from "../context.ts";
import type { Canary, Judged, LookCanary, SessionCanary } from "./canary.ts";
import { judgeLook, lookCommand, lookPlay } from "./look-script.ts";
import type { Ground } from "./plant-ground.ts";
import type { ProofPorts } from "./proof-ports.ts";
import { type ProvedSession, proveSession, type ProveSession } from "./prove-session.ts";

/** What one client's part of a proof says. */
export type ClientProof = Pick<Proof, "canaries" | "not_tried" | "command_contracts">;

/** One client and what it is sent through. */
export interface ProveClient {
  readonly client: RuntimeOnHost;
  readonly ground: Ground;
  readonly canaries: readonly Canary[];
}

/** Plays all of `canaries` that this client can try. Throws INTERRUPTED, and what is a fault of CES itself. */
export async function proveClient(ports: ProofPorts, asked: ProveClient): Promise<ClientProof> {
  const { client, canaries } = asked;
  const able = canaries.filter(({ needs_model }) => client.runtime.played !== null || needs_model !== true);
  const played = [
    await playLooks(
      ports,
      asked,
      able.filter((one): one is LookCanary => one.kind === "look"),
    ),
    // One after the other: their boxes share the listeners.
    ...(await inOrder(
      able.filter((one): one is SessionCanary => one.kind === "session"),
      (one) => playAlone(ports, asked, one),
    )),
  ];
  const results = new Map(played.flatMap((part) => part.results).map((one) => [one.id, one]));
  const why = "a recording has no model, no gateway and no second client";
  return {
    canaries: canaries.flatMap(({ id }) => results.get(id) ?? []),
    not_tried: canaries
      .filter((one) => !able.includes(one))
      .map(({ id }) => ({ id, runtime: client.runtime.name, why })),
    command_contracts: played.flatMap(({ contracts }) => contracts),
  };
}

interface Played {
  readonly results: readonly CanaryResult[];
  readonly contracts: ClientProof["command_contracts"];
}

async function playLooks(
  ports: ProofPorts,
  { client, ground }: ProveClient,
  looks: readonly LookCanary[],
): Promise<Played> {
  if (looks.length === 0) return { results: [], contracts: [] };
  const began = new Map<string, number>();
  const session: ProveSession = {
    client,
    ground,
    label: "canaries that look",
    play: lookPlay(looks, ground.planted),
    asked: (command) => {
      const one = looks.find((look) => lookCommand(look) === command);
      if (one === undefined) return;
      began.set(one.id, ports.clock.monotonicMs());
      started(ports, one, client);
    },
  };
  const { session: proved, failed } = await played(ports, session);
  const times = [...began.values(), ports.clock.monotonicMs()];
  const results = looks.map((one) => {
    const from = began.get(one.id);
    const until = times[from === undefined ? -1 : times.indexOf(from) + 1];
    const judged = proved === null ? failed : judgeLook(one, proved.seen);
    return ended(ports, one, client, { judged, ms: (until ?? 0) - (from ?? until ?? 0) });
  });
  await proved?.dispose();
  return { results, contracts: contractOf(client, proved) };
}

async function playAlone(ports: ProofPorts, { client, ground }: ProveClient, one: SessionCanary): Promise<Played> {
  const from = ports.clock.monotonicMs();
  started(ports, one, client);
  const play = one.play(client.runtime);
  const { session, failed } = await played(ports, { client, ground, label: one.id, play, asked: () => undefined });
  const judged = session === null ? failed : one.judge(session.seen);
  const result = ended(ports, one, client, { judged, ms: ports.clock.monotonicMs() - from });
  await session?.dispose();
  return { results: [result], contracts: contractOf(client, session) };
}

async function played(
  ports: ProofPorts,
  session: ProveSession,
): Promise<{ readonly session: ProvedSession | null; readonly failed: Judged }> {
  const untried = (why: string): Judged => ({ held: false, observed: `it was not tried: ${why}` });
  try {
    const proved = await proveSession(ports, session);
    if (!ports.signal.aborted) return { session: proved, failed: untried("no reason") };
    await proved.dispose();
  } catch (error) {
    if (!ports.signal.aborted && isCesError(error)) return { session: null, failed: untried(error.message) };
    if (!ports.signal.aborted) throw error;
  }
  throw new CesError("INTERRUPTED", "the proof was interrupted; nothing of it is recorded", {
    remedy: "ces doctor --prove",
  });
}

const contractOf = ({ runtime }: RuntimeOnHost, proved: ProvedSession | null): ClientProof["command_contracts"] =>
  proved === null ? [] : [{ runtime: runtime.name, ...proved.contract }];

const started = (ports: ProofPorts, { id }: Canary, { runtime }: RuntimeOnHost): void =>
  ports.report({ kind: "check", check_id: id, variant: runtime.name, status: "started", duration_ms: 0, note: "" });

function ended(
  ports: ProofPorts,
  { id, attempts, must }: Canary,
  { runtime }: RuntimeOnHost,
  { judged, ms }: { readonly judged: Judged; readonly ms: number },
): CanaryResult {
  const observed = judged.observed.slice(0, 2000);
  const status = judged.held ? "passed" : "failed";
  ports.report({
    kind: "check",
    check_id: id,
    variant: runtime.name,
    status,
    note: observed,
    duration_ms: Math.max(0, Math.round(ms)),
  });
  return { id, runtime: runtime.name, attempts, must, observed, held: judged.held };
}

async function inOrder<In, Out>(list: readonly In[], work: (one: In) => Promise<Out>): Promise<readonly Out[]> {
  const done: Out[] = [];
  for (const one of list) done.push(await work(one));
  return done;
}
