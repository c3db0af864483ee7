// Requests wait their turn here: for a free slot, for budget that others still hold, and for the parent's journal. Only what the
// parent has written down is forwarded (S08).
import type { GatewayEvent } from "./config.schema.ts";
import type { Admission, BudgetName, Charge, Meter, Outcome, Ticket } from "./meter.ts";
import type { ShapedRequest } from "./shape-request.ts";

/** May it go? Every refusal is answered with 402, which no client retries. */
export type Turn =
  | { readonly kind: "admitted"; readonly ticket: Ticket }
  | {
      readonly kind: "refused";
      readonly code:
        | "TOKEN_BUDGET"
        | "COST_BUDGET"
        | "REQUEST_BUDGET"
        | "AGENT_BUDGET"
        | "MODEL_UNPRICED"
        | "RUN_HALTED"
        | "JOURNAL_REFUSED"
        | "CLIENT_GONE";
      readonly text: string;
    };

/** The line of one run. */
export interface RequestQueue {
  enter(request: ShapedRequest, gone: AbortSignal): Promise<Turn>;
  leave(ticket: Ticket, outcome: Outcome): Charge;
  halt(reason: string): void;
}

/** The parent's side of a reservation: resolves when it is durably journalled, or says why not. Never rejects. */
export type Journal = (
  ticket: Ticket,
) => Promise<{ readonly kind: "admitted" } | { readonly kind: "refused"; readonly reason: string }>;

const CODES = {
  tokens: "TOKEN_BUDGET",
  cost: "COST_BUDGET",
  requests: "REQUEST_BUDGET",
  agents: "AGENT_BUDGET",
} as const;
const LONGEST_LINE = 64;

interface Waiter {
  readonly request: ShapedRequest;
  readonly decide: (turn: Turn) => void;
}

/** First come, first served; a request that can never fit does not hold up the line. */
export function createRequestQueue(meter: Meter, journal: Journal, emit: (event: GatewayEvent) => void): RequestQueue {
  const line: Waiter[] = [];
  const announced = new Set<BudgetName>();
  let halted: string | undefined;

  async function enter(request: ShapedRequest, gone: AbortSignal): Promise<Turn> {
    const turn = await takeTurn(request, gone);
    if (turn.kind === "refused") return turn;
    const answer = await journal(turn.ticket);
    if (answer.kind === "admitted" && halted === undefined) return turn;
    meter.cancel(turn.ticket);
    advance();
    return halted !== undefined
      ? stopped(halted)
      : { kind: "refused", code: "JOURNAL_REFUSED", text: answer.kind === "refused" ? answer.reason : "halted" };
  }

  function takeTurn(request: ShapedRequest, gone: AbortSignal): Promise<Turn> {
    if (line.length >= LONGEST_LINE)
      return Promise.resolve({ kind: "refused", code: "REQUEST_BUDGET", text: "too many requests are waiting" });
    return new Promise((resolve) => {
      const waiter: Waiter = { request, decide: resolve };
      gone.addEventListener("abort", () => drop(waiter), { once: true });
      line.push(waiter);
      advance();
    });
  }

  function drop(waiter: Waiter): void {
    const at = line.indexOf(waiter);
    if (at === -1) return;
    line.splice(at, 1);
    waiter.decide({ kind: "refused", code: "CLIENT_GONE", text: "the client went away" });
    advance();
  }

  /** INVARIANT: synchronous from the meter's answer to the slot being taken. */
  function advance(): void {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      const turn = halted === undefined ? turnFor(meter.admit(first.request)) : stopped(halted);
      if (turn === undefined) return;
      line.shift();
      first.decide(turn);
    }
  }

  function turnFor(admission: Admission): Turn | undefined {
    if (admission.kind === "later") return undefined;
    if (admission.kind === "admitted") return admission;
    if (admission.kind === "unpriced") return { kind: "refused", code: "MODEL_UNPRICED", text: admission.text };
    announce(admission.budget, admission.text);
    return { kind: "refused", code: CODES[admission.budget], text: admission.text };
  }

  function announce(budget: BudgetName, text: string): void {
    if (announced.has(budget)) return;
    announced.add(budget);
    emit({ kind: "budget_spent", budget, text });
  }

  function leave(ticket: Ticket, outcome: Outcome): Charge {
    const charge = meter.settle(ticket, outcome);
    advance();
    return charge;
  }

  function halt(reason: string): void {
    halted ??= reason;
    advance();
  }

  return { enter, leave, halt };
}

const stopped = (reason: string): Turn => ({
  kind: "refused",
  code: "RUN_HALTED",
  text: `this run was stopped: ${reason}`,
});
