// The spending of one run. Everything here is synchronous: admission is one critical section, so that no two requests can be
// weighed against the same remaining budget (S08).
import { boundInput, boundOutput, type InputBound } from "./bound-request.ts";
import type { GatewayConfig, GatewayUsage, Price } from "./config.schema.ts";
import { nameConversation } from "./name-conversation.ts";
import { costOf, priceOf } from "./price-table.ts";
import type { MeasuredUsage } from "./read-usage.ts";
import type { ShapedRequest } from "./shape-request.ts";

export type BudgetName = "tokens" | "cost" | "requests" | "agents";

/** What was set aside for one request. */
export interface Ticket {
  readonly id: string;
  readonly model: string;
  readonly conversation: string | null;
  /** Clamped output, to be written into the forwarded body. */
  readonly output: number;
  readonly input: InputBound;
  readonly tokens: number;
  readonly cost_microusd: number | null;
  /** What it can cost at the very most; held against others and charged when nothing at all is known. */
  readonly worst_tokens: number;
  readonly worst_cost_microusd: number | null;
}

/** The answer to one request. `later`: fits once what is in flight has been settled. */
export type Admission =
  | { readonly kind: "admitted"; readonly ticket: Ticket }
  | { readonly kind: "later" }
  | { readonly kind: "spent"; readonly budget: BudgetName; readonly text: string }
  | { readonly kind: "unpriced"; readonly text: string };

/** What a request came to. `none`: nothing was bought. `kept`: unknown, so the upper bound stands. */
export type Outcome =
  | { readonly kind: "measured"; readonly usage: MeasuredUsage }
  | { readonly kind: "kept"; readonly seen: MeasuredUsage | undefined }
  | { readonly kind: "none" };

/** What was charged in place of a reservation. */
export interface Charge {
  readonly tokens: number;
  readonly cost_microusd: number | null;
  readonly usage: MeasuredUsage;
}

export interface Meter {
  admit(request: ShapedRequest): Admission;
  settle(ticket: Ticket, outcome: Outcome): Charge;
  /** Takes back an admission that its parent did not journal: nothing was forwarded. */
  cancel(ticket: Ticket): void;
  usage(): GatewayUsage;
}

const NOTHING: MeasuredUsage = { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 };

interface State {
  readonly config: GatewayConfig;
  readonly open: Map<string, Ticket>;
  /** Admitted requests by conversation. */
  readonly conversations: Map<string, number>;
  readonly spent: { tokens: number; cost: number; requests: number; unpriced: boolean; usage: MeasuredUsage };
  issued: number;
}

/** A meter at zero. INVARIANT: `spent` never falls; open tickets are always counted at their worst. */
export function createMeter(config: GatewayConfig): Meter {
  const spent = { tokens: 0, cost: 0, requests: 0, unpriced: false, usage: NOTHING };
  const state: State = { config, open: new Map(), conversations: new Map(), spent, issued: 0 };
  return {
    admit: (request) => admit(state, request),
    settle: (ticket, outcome) => settle(state, ticket, outcome),
    cancel: (ticket) => cancel(state, ticket),
    usage: () => usageOf(state),
  };
}

function admit(state: State, request: ShapedRequest): Admission {
  const { config, open, conversations, spent } = state;
  const { budgets } = config;
  if (open.size >= config.limits.in_flight) return { kind: "later" };
  if (passed(budgets.requests, spent.requests + open.size + 1)) return refuse("requests", false);
  const conversation = request.route === "count_tokens" ? null : nameConversation(request);
  if (conversation !== null && !conversations.has(conversation) && passed(budgets.agents, conversations.size + 1))
    return refuse("agents", false);
  const price = priceOf(config.vendor, request.model, config.prices);
  if (price === undefined && budgets.cost_microusd !== null)
    return { kind: "unpriced", text: `model \`${request.model}\` has no price and the run has a cost budget` };
  return fit(state, request, conversation, price);
}

function fit(state: State, request: ShapedRequest, conversation: string | null, price: Price | undefined): Admission {
  const { config, open } = state;
  const input = boundInput(request);
  const most = config.limits.max_output_tokens;
  const output = boundOutput(request, most, roomFor(state, input, price, [...open.values()]).output);
  if (output === undefined) {
    const alone = roomFor(state, input, price, []);
    return refuse(alone.tightest, boundOutput(request, most, alone.output) !== undefined);
  }
  state.issued += 1;
  const ticket = writeTicket(
    `${config.run_id}.${state.issued}`,
    { model: request.model, conversation, output, input },
    price,
  );
  open.set(ticket.id, ticket);
  if (conversation !== null) state.conversations.set(conversation, (state.conversations.get(conversation) ?? 0) + 1);
  return { kind: "admitted", ticket };
}

/** Output tokens that still fit beside what is spent, `held` at its worst and this input. */
function roomFor(
  { config, spent }: State,
  input: InputBound,
  price: Price | undefined,
  held: readonly Ticket[],
): { readonly output: number; readonly tightest: "tokens" | "cost" } {
  const { tokens, cost_microusd } = config.budgets;
  const room =
    tokens === null ? Infinity : tokens - spent.tokens - sum(held.map((one) => one.worst_tokens)) - input.reserved;
  const bought =
    cost_microusd === null || price === undefined
      ? Infinity
      : outputFor(
          price,
          cost_microusd -
            spent.cost -
            sum(held.map((one) => one.worst_cost_microusd ?? 0)) -
            inputCost(price, input.reserved),
        );
  return { output: Math.min(room, bought), tightest: room <= bought ? "tokens" : "cost" };
}

function writeTicket(
  id: string,
  ask: Pick<Ticket, "model" | "conversation" | "output" | "input">,
  price: Price | undefined,
): Ticket {
  const { input, output } = ask;
  const cost = (tokens: number): number | null =>
    price === undefined ? null : inputCost(price, tokens) + costOf(price, { ...NOTHING, output });
  return {
    id,
    ...ask,
    tokens: input.reserved + output,
    cost_microusd: cost(input.reserved),
    worst_tokens: input.worst + output,
    worst_cost_microusd: cost(input.worst),
  };
}

function cancel({ open, conversations }: State, ticket: Ticket): void {
  if (!open.delete(ticket.id) || ticket.conversation === null) return;
  const left = (conversations.get(ticket.conversation) ?? 1) - 1;
  if (left === 0) conversations.delete(ticket.conversation);
  else conversations.set(ticket.conversation, left);
}

function settle({ config, open, spent }: State, ticket: Ticket, outcome: Outcome): Charge {
  if (!open.delete(ticket.id)) throw new Error(`ticket ${ticket.id} is not open`);
  const charge = chargeFor(ticket, outcome, priceOf(config.vendor, ticket.model, config.prices));
  spent.requests += 1;
  spent.tokens += charge.tokens;
  spent.cost += charge.cost_microusd ?? 0;
  spent.unpriced ||= charge.cost_microusd === null;
  spent.usage = addUsage(spent.usage, charge.usage);
  return charge;
}

function addUsage(a: MeasuredUsage, b: MeasuredUsage): MeasuredUsage {
  return {
    input: a.input + b.input,
    cache_read: a.cache_read + b.cache_read,
    cache_write: a.cache_write + b.cache_write,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

function usageOf({ open, spent, conversations }: State): GatewayUsage {
  const held = [...open.values()];
  const unpriced = spent.unpriced || held.some((one) => one.cost_microusd === null);
  return {
    requests: spent.requests + open.size,
    input_tokens: spent.usage.input,
    cache_read_tokens: spent.usage.cache_read,
    cache_write_tokens: spent.usage.cache_write,
    output_tokens: spent.usage.output,
    reasoning_tokens: spent.usage.reasoning,
    cost_microusd: unpriced ? null : spent.cost + sum(held.map((one) => one.cost_microusd ?? 0)),
    charged_tokens: spent.tokens + sum(held.map((one) => one.tokens)),
    agents: conversations.size,
  };
}

function refuse(budget: BudgetName, later: boolean): Admission {
  return later ? { kind: "later" } : { kind: "spent", budget, text: `the ${budget} budget of this run is spent` };
}

/** The dearest an input token can be is a cache write. */
function inputCost(price: Price, tokens: number): number {
  return costOf(price, {
    ...NOTHING,
    cache_write: price.cache_write >= price.input ? tokens : 0,
    input: price.cache_write >= price.input ? 0 : tokens,
  });
}

/** Output tokens that `money` buys; negative when there is none left. */
function outputFor(price: Price, money: number): number {
  if (money < 0) return -1;
  return price.output === 0 ? Infinity : Math.floor((money * 1_000_000) / price.output);
}

/** Charged tokens exclude cache reads, which cost money only. An unknown output is charged as all that was allowed. */
function chargeFor(ticket: Ticket, outcome: Outcome, price: Price | undefined): Charge {
  const free = price === undefined ? null : 0;
  if (outcome.kind === "none") return { tokens: 0, cost_microusd: free, usage: NOTHING };
  if (outcome.kind === "measured") return chargeOf(outcome.usage, price);
  const { seen } = outcome;
  if (seen === undefined)
    return { tokens: ticket.worst_tokens, cost_microusd: ticket.worst_cost_microusd, usage: NOTHING };
  return chargeOf({ ...seen, output: Math.max(seen.output, ticket.output) }, price);
}

function chargeOf(usage: MeasuredUsage, price: Price | undefined): Charge {
  return {
    tokens: usage.input + usage.cache_write + usage.output,
    cost_microusd: price === undefined ? null : costOf(price, usage),
    usage,
  };
}

const passed = (limit: number | null, value: number): boolean => limit !== null && value > limit;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
