// A policy decision over a thousand rules with its reasons, beside cedar-wasm over the same thousand written as Cedar policies, in one run.
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { nodeCrypto } from "@ces/crypto-node";
import { judgementOf, loadedPolicy, loadPolicy, openCedarGate, openSkill } from "@ces/governance-rules";
import { utf8Encode } from "@ces/kernel";
import { EMPTY_CHAIN, seedSigner, signReceipt } from "@ces/receipts";
import { type Figure, measure, median, takeTurns, timesAsFast } from "./figures.ts";

const RULES = 1000;
const CALLS = 20_000;
const CEDAR_CALLS = 200;
const P99_MICROSECONDS = 20;

/** A rule in both languages; the last one allows what the others leave. */
interface Pair {
  readonly rule: object;
  readonly cedar: string;
}

const words = ["alpha", "bravo", "carbon", "delta", "ember", "fable", "grove", "harbor", "iris", "jolt"];
const word = (i: number): string => `${words[i % 10]}${words[Math.floor(i / 10) % 10]}${i}`;

function pair(i: number): Pair {
  const rule = (condition: object, action: string): object => ({
    name: `rule-${i}`,
    condition,
    action,
    priority: (i * 7919) % 1000,
  });
  const permit = (when: string): string => `permit(principal, action, resource) when { ${when} };`;
  const forbid = (when: string): string => `forbid(principal, action, resource) when { ${when} };`;
  switch (i % 5) {
    case 0:
      return {
        rule: rule({ operator: "path_under", value: `/workspace/${word(i)}` }, "allow"),
        cedar: permit(`context.action like "file:*:/workspace/${word(i)}/*"`),
      };
    case 1:
      return {
        rule: rule({ operator: "contains", value: `${word(i)}.internal` }, "deny"),
        cedar: forbid(`context.action like "*${word(i)}.internal*"`),
      };
    case 2:
      return {
        rule: rule({ operator: "matches", value: `^shell:(${word(i)}|${word(i + 1)}) (--dry|-n)( |$)` }, "allow"),
        cedar: permit(
          `context.action like "shell:${word(i)} --dry*" || context.action like "shell:${word(i + 1)} -n*"`,
        ),
      };
    case 3:
      return {
        rule: rule({ operator: "in", value: [`shell:${word(i)}`, `shell:${word(i)} status`] }, "allow"),
        cedar: permit(`["shell:${word(i)}", "shell:${word(i)} status"].contains(context.action)`),
      };
    default:
      return {
        rule: rule({ operator: "host_under", value: `${word(i)}.example` }, "allow"),
        cedar: permit(`context.action like "http:*:${word(i)}.example/*"`),
      };
  }
}

const pairs = Array.from({ length: RULES }, (_, i) => pair(i));

/** Actions that are all different, most of them of no rule. */
const actions = Array.from({ length: 4096 }, (_, i) => {
  const name = word((i * 37) % RULES);
  const kinds = [
    `file:read:/workspace/${name}/src/part-${i}.ts`,
    `shell:${name} status`,
    `shell:${name} --dry run ${i}`,
    `http:GET:api.${name}.example/v1/items/${i}`,
    `http:POST:x.${name}.internal/${i}`,
    `file:write:/etc/${name}/${i}`,
    `tool:call:${name}`,
    `shell:git commit -m '${i}'`,
  ];
  return kinds[i % kinds.length] ?? "";
});
const actionAt = (i: number): string => actions[i % actions.length] ?? "";

const file = (name: string, text: string) => ({ name, bytes: utf8Encode(text) });
const rulesFile = file(
  "rules.yaml",
  JSON.stringify({ apiVersion: "governance.toolkit/v1", rules: pairs.map((one) => one.rule) }),
);
const policy = loadedPolicy(loadPolicy([rulesFile], nodeCrypto));
const judge = (action: string): string => judgementOf(policy.book.rule(action, {})).reason_code;

function cedarJudge(): (action: string) => string {
  const files = [file("rules.cedar", pairs.map((one) => one.cedar).join("\n"))];
  const gate = openCedarGate(cedar, { id: "bench", files, schema: null });
  const uid = (type: string, id: string) => ({ type, id });
  return (action) =>
    gate.judge({
      principal: uid("Agent", "a"),
      action: uid("Action", "do"),
      resource: uid("Tool", "t"),
      context: { action },
      entities: [],
    }).reason_code;
}

/** The 99th of a hundred, in microseconds, of single calls. */
function percentile(samples: Float64Array, share: number): number {
  return (samples.toSorted()[Math.floor(samples.length * share)] ?? Number.NaN) * 1000;
}

function single(call: (i: number) => unknown, times: number): Float64Array {
  return Float64Array.from({ length: times }, (_, i) => {
    const start = performance.now();
    call(i);
    return performance.now() - start;
  });
}

const micros = (value: number): string => `${value.toFixed(1)} µs`;

async function decisions(): Promise<readonly Figure[]> {
  const ask = cedarJudge();
  const cold = single((i) => judge(actionAt(i)), 64);
  single((i) => judge(actionAt(i)), CALLS);
  single((i) => ask(actionAt(i)), CEDAR_CALLS);
  const ours = single((i) => judge(actionAt(i)), CALLS);
  const theirs = single((i) => ask(actionAt(i)), CEDAR_CALLS);
  const p99 = percentile(ours, 0.99);
  const rounds = await takeTurns(9, {
    ours: () => mean((i) => judge(actionAt(i)), CALLS),
    cedar: () => mean((i) => ask(actionAt(i)), CEDAR_CALLS),
  });
  return [
    {
      what: `decision over ${RULES} rules, p99 (bar ${P99_MICROSECONDS} µs)`,
      ours: micros(p99),
      rival: micros(percentile(theirs, 0.99)),
      value: P99_MICROSECONDS / p99,
      unit: "×",
      bar: { kind: "least", at: 1 },
      held: p99 < P99_MICROSECONDS,
    },
    timesAsFast(`decision over ${RULES} rules, against cedar-wasm`, rounds.ours, rounds.cedar, 10),
    shown(`the first ${cold.length} decisions, p50`, percentile(cold, 0.5) / 1000),
    shown("decision, p50", percentile(ours, 0.5) / 1000, percentile(theirs, 0.5) / 1000),
  ];
}

/** Milliseconds of one call. */
function mean(call: (i: number) => unknown, times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i += 1) call(i);
  return (performance.now() - start) / times;
}

/** A line without a bar; milliseconds. */
const shown = (what: string, ours: number, rival: number | null = null): Figure => ({
  what,
  ours: micros(ours * 1000),
  rival: rival === null ? "" : micros(rival * 1000),
  value: rival === null ? 1 : rival / ours,
  unit: "×",
  bar: null,
  held: true,
});

async function signed(): Promise<readonly Figure[]> {
  const signer = seedSigner(new Uint8Array(32).fill(7), nodeCrypto);
  let head = EMPTY_CHAIN;
  const skill = openSkill({
    policies: [rulesFile],
    sandbox: {
      backend: "sb_runtime_builtin",
      ring: null,
      production: false,
      no_sandbox: null,
      observed: [],
      policy_digest: null,
    },
    record: (draft) => {
      const made = signReceipt(draft, { signer, head, issued_at: "2026-01-01T00:00:00.000Z", crypto: nodeCrypto });
      if (made.kind === "refused") throw new Error(JSON.stringify(made.causes));
      head = made.head;
      return made.receipt as never;
    },
    clock: { now: () => "2026-01-01T00:00:00.000Z" },
    crypto: nodeCrypto,
    random: (n) => new Uint8Array(n).fill(1),
  });
  const run = async (sign: boolean): Promise<number> => {
    const times = sign ? 1000 : 5000;
    const start = performance.now();
    for (let i = 0; i < times; i += 1) await skill.checkPolicy(actionAt(i), { agent_did: "did:mesh:a" }, { sign });
    return (performance.now() - start) / times;
  };
  const took = await takeTurns(5, { unsigned: () => run(false), signed: () => run(true) });
  return [
    shown("checkPolicy, not signed", median(took.unsigned)),
    shown("checkPolicy, signed and linked in memory", median(took.signed)),
  ];
}

await measure("policy", async () => [...(await decisions()), ...(await signed())]);
