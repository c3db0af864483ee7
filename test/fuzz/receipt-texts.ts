// Receipts, keys, policies and actions, good ones with a few characters changed: nothing throws, nothing takes long, and nothing but what was
// signed, under the key that signed it, is ever valid. Seeded: the same count and seed are the same texts.
import { generateKeyPairSync, sign } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { loadPolicy, type Policy } from "@ces/governance-rules";
import { canonicalize, encodeHex, type Json, parseJson, utf8Encode } from "@ces/kernel";
import {
  type Anchors,
  DECISION_TYPE,
  EMPTY_CHAIN,
  readAnchor,
  seedSigner,
  signReceipt,
  verifyBundle,
  verifyReceipt,
} from "@ces/receipts";

/** What a run found. */
export type Fuzzed = {
  readonly judged: number;
  readonly broken: readonly { readonly what: string; readonly text: string; readonly why: string }[];
  readonly slowest_ms: number;
};

const SLOW_MS = 2000;
const signer = seedSigner(new Uint8Array(32).fill(5), nodeCrypto);
const hash = `sha256:${"a".repeat(64)}`;
const signed = signReceipt(
  {
    type: DECISION_TYPE,
    tool_name: "shell:git",
    decision: "allow",
    reason: "rule_allows",
    agent_id: "did:mesh:a",
    observed_by: "caller",
    policy_id: "git",
    policy_engine: "governance.toolkit/v1",
    policy_digest: hash,
    target: 'naïve "quoted" \\ \u{1f4be}',
    trust_score: 1000,
    sandbox_backend: "none",
    sandbox_state: "disabled",
    sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, no_new_privs: true } }],
  },
  { signer, head: EMPTY_CHAIN, issued_at: "2026-11-27T12:00:00Z", crypto: nodeCrypto },
);
if (signed.kind === "refused") throw new Error(JSON.stringify(signed.causes));
const receipt = signed.text;

const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ecPayload = {
  type: "protectmcp:decision",
  tool_name: "a",
  decision: "deny",
  issued_at: "2026-01-01T00:00:00Z",
  issuer_id: "es",
};
const ecSig = sign("sha256", utf8Encode(canonicalize(ecPayload, "strict")), {
  key: p256.privateKey,
  dsaEncoding: "ieee-p1363",
});
const ecReceipt = JSON.stringify({
  payload: ecPayload,
  signature: { alg: "ES256", kid: "es", sig: ecSig.toString("hex") },
});
const okp = { kty: "OKP", crv: "Ed25519", kid: signer.kid, x: Buffer.from(signer.public_key).toString("base64url") };
const ec = { ...p256.publicKey.export({ format: "jwk" }), kid: "es", use: "sig", alg: "ES256" };
const window = {
  valid_from: "2026-01-01T00:00:00Z",
  valid_until: "2027-01-01T00:00:00Z",
  revoked_at: "2026-12-01T00:00:00Z",
};
const keyTexts: readonly string[] = [
  JSON.stringify({ keys: [{ ...okp, ...window }, ec] }),
  JSON.stringify(okp),
  JSON.stringify(ec),
  encodeHex(signer.public_key),
  p256.publicKey.export({ type: "spki", format: "pem" }).toString(),
];
const trusted = anchorOf(keyTexts[0] ?? "");

const policyText = `apiVersion: governance.toolkit/v1
rules:
  - name: read
    condition: { field: "action:file:read", operator: path_under, value: [/workspace, /tmp] }
    action: allow
  - name: host
    condition: { operator: host_under, value: example.org }
    action: allow
    priority: 5
  - name: rm
    condition: { operator: argv_matches, value: [rm, "-(r|f)+", "..."] }
    action: deny
    priority: 100
    message: "never"
  - name: odd
    condition: { field: branch, operator: matches, value: "^(main|release/[0-9]{1,3})$" }
    action: require_approval
`;
const policy = policyOf(policyText);
const actions = [
  "file:read:/workspace/../etc/x",
  "http:GET:https://user@api.example.org:8443/a/%2e%2e/b?q#f",
  "shell:sudo -u root rm -rf / && git status > x",
];

// What breaks texts: quotes, escapes, marks of every syntax here, halves of characters, and the words that mean something.
const PIECES = [
  ..."\"'\\{}[]():,.-_/@#?&|<>*!%$`~^=+;0123456789abcdefxAZ \t\n\r\0é\u202e\ud800\udc00\u{1f4be}",
  ..."null true 1e999 -0 9007199254740993 __proto__ constructor signature payload keys kid EdDSA ES256 EC OKP".split(
    " ",
  ),
  ..."apiVersion: rules: - name: &a *a !!js/function ? | > --- %YAML 1.1".split(" "),
  "\\u0000",
  "\\ud800",
  "../",
  "\n".repeat(40),
  "[".repeat(80),
  '{"a":'.repeat(70),
];

/** A small generator (mulberry32): the same numbers on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function changed(text: string, next: (below: number) => number): string {
  let out = text;
  for (let left = 1 + next(3); left > 0; left -= 1) {
    const at = next(out.length + 1);
    const piece = PIECES[next(PIECES.length)] ?? "";
    switch (next(4)) {
      case 0:
        out = out.slice(0, at) + piece + out.slice(at);
        break;
      case 1:
        out = out.slice(0, at) + out.slice(at + 1 + next(4));
        break;
      case 2:
        out = out.slice(0, at) + piece + out.slice(at + piece.length);
        break;
      default:
        out = out.slice(0, at) + out.slice(next(out.length + 1));
    }
  }
  return out;
}

type Subject = {
  readonly what: string;
  readonly texts: readonly string[];
  readonly fault: (text: string) => string | undefined;
};

const subjects: readonly Subject[] = [
  { what: "receipt", texts: [receipt, ecReceipt], fault: receiptFault },
  { what: "key", texts: keyTexts, fault: keyFault },
  { what: "policy", texts: [policyText], fault: policyFault },
  { what: "action", texts: actions, fault: actionFault },
];

/** Judges `count` changed texts, of each kind as many. */
export function fuzzReceipts(count: number, seed: number): Fuzzed {
  const next = random(seed);
  const broken: { what: string; text: string; why: string }[] = [];
  let slowest_ms = 0;
  for (let i = 0; i < count; i += 1) {
    const subject = subjects[i % subjects.length];
    if (subject === undefined) break;
    const text = changed(subject.texts[next(subject.texts.length)] ?? "", next);
    const start = performance.now();
    const why = faultOf(subject, text);
    const took = performance.now() - start;
    slowest_ms = Math.max(slowest_ms, took);
    if (why !== undefined) broken.push({ what: subject.what, text, why });
    else if (took > SLOW_MS) broken.push({ what: subject.what, text, why: `took ${took.toFixed(0)} ms` });
  }
  return { judged: count, broken, slowest_ms };
}

function faultOf({ fault }: Subject, text: string): string | undefined {
  try {
    return fault(text);
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

// Valid only when it says, byte for byte of its canonical text, what was signed.
function receiptFault(text: string): string | undefined {
  const report = verifyReceipt(text, { crypto: nodeCrypto, anchors: trusted });
  verifyBundle(text, { crypto: nodeCrypto, anchors: trusted });
  if (report.outcome !== "valid") return undefined;
  const read = parseJson(text, { profile: "strict" });
  const canonical = read.kind === "parsed" ? payloadText(read.value) : "";
  return [receipt, ecReceipt].some((one) => payloadText(JSON.parse(one)) === canonical) ? undefined : "is valid";
}

function payloadText(value: Json): string {
  const payload =
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { payload?: Json }).payload : null;
  return canonicalize(payload ?? null, "strict");
}

// What is read from a changed key verifies a receipt only if it is that receipt's key.
function keyFault(text: string): string | undefined {
  const read = readAnchor(utf8Encode(text.replaceAll(/[\ud800-\udfff]/g, "?")));
  if (read.kind === "refused") return undefined;
  for (const one of [receipt, ecReceipt]) {
    if (verifyReceipt(one, { crypto: nodeCrypto, anchors: read.anchors }).outcome !== "valid") continue;
    const isTheirs =
      [okp.x, ec.x ?? ""].some((x) => text.includes(x)) || keyTexts.some((good) => sameKey(good, read.anchors));
    if (!isTheirs) return "a receipt verifies under another key";
  }
  return undefined;
}

function sameKey(good: string, { key }: Anchors): boolean {
  const original = anchorOf(good).key;
  return key !== undefined && original !== undefined && Buffer.compare(key, original) === 0;
}

function anchorOf(text: string): Anchors {
  const read = readAnchor(utf8Encode(text));
  if (read.kind === "refused") throw new Error(read.text);
  return read.anchors;
}

// All of it or nothing of it: a policy that was taken can be asked anything.
function policyFault(text: string): string | undefined {
  const load = loadPolicy(
    [{ name: "p.yaml", bytes: utf8Encode(text.replaceAll(/[\ud800-\udfff]/g, "?")) }],
    nodeCrypto,
  );
  if (load.kind === "refused") return load.problems.length > 0 ? undefined : "was refused without a reason";
  for (const action of actions) load.policy.book.rule(action, { branch: "main" });
  return load.policy.digest === null ? "was taken without a digest" : undefined;
}

// However it is spelled, what is allowed stays below the folders and hosts that the policy names.
function actionFault(action: string): string | undefined {
  const ruling = policy.book.rule(action, { branch: action });
  if (ruling.kind !== "ruled" || ruling.rule.action !== "allow") return undefined;
  const { normal } = ruling.action;
  const isInside =
    /^file:read:\/(?:workspace|tmp)(?:\/|$)/.test(normal) ||
    /^https?:[^:]*:(?:[a-z0-9_.-]+\.)?example\.org(?:[:/?]|$)/.test(normal);
  return isInside && !normal.split(/[/\\]/).includes("..") ? undefined : `is allowed as ${normal}`;
}

function policyOf(text: string): Policy {
  const load = loadPolicy([{ name: "p.yaml", bytes: utf8Encode(text) }], nodeCrypto);
  if (load.kind === "refused") throw new Error(JSON.stringify(load.problems));
  return load.policy;
}
