// Receipts: signing and linking against a bare Ed25519 signature, verifying against a bare verification of the same bytes, and chains. The
// bar is 8 000 verifications of a chain a second in Node. One thread cannot pass what OpenSSL itself takes for that many signatures, so it
// is shown with its ratio; the bar is held by `verifyReceiptsInThreads`, which is what `ces receipts verify` does.
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { nodeCrypto, nodeThreads } from "@ces/crypto-node";
import { canonicalize, encodeBase64Url, type JsonObject, utf8Encode } from "@ces/kernel";
import {
  type ChainHead,
  DECISION_TYPE,
  type DecisionDraft,
  EMPTY_CHAIN,
  readJwks,
  type ReceiptSigner,
  seedSigner,
  signReceipt,
  verifyChain,
  verifyReceiptsInThreads,
  verifyReceipt,
} from "@ces/receipts";
import { type Figure, flat, measure, median, takeTurns, timesAsFast, within } from "./figures.ts";

const BATCH = 1_000;
const A_SECOND = 8_000;
const LARGE = 10_000;

const seed = new Uint8Array(randomBytes(32));
const { kid, public_key } = seedSigner(seed, nodeCrypto);
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
const publicKey = createPublicKey(key);
// As the program signs: the seed is in a native key object.
const signer: ReceiptSigner = {
  kid,
  public_key,
  sign: (message) => new Uint8Array(sign(null, message, key)),
  place: "process",
};
const jwks = readJwks({ keys: [{ kty: "OKP", crv: "Ed25519", kid, x: encodeBase64Url(public_key) }] });
const options = { crypto: nodeCrypto, anchors: jwks === undefined ? {} : { jwks } };

const draft: DecisionDraft = {
  type: DECISION_TYPE,
  tool_name: "shell:git",
  decision: "allow",
  reason: "POLICY_ALLOW",
  agent_id: "did:mesh:bench",
  observed_by: "client",
  policy_id: "allow-safe-shell",
  policy_engine: "ces-rules",
  policy_digest: `sha256:${"a".repeat(64)}`,
  sandbox_backend: "ces_walls",
  ring: 3,
  sandbox_state: "enabled",
  sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, no_new_privs: true } }],
};

await measure("receipts", async () => {
  const small = chainOf(BATCH);
  const large = chainOf(LARGE);
  const raw = small.map((text) => partsOf(text));
  const signed = await takeTurns(10, {
    ours: () => void chainOf(BATCH),
    raw: () => raw.forEach(({ message }) => void sign(null, message, key)),
  });
  const checked = await takeTurns(10, {
    ours: () => small.forEach((text) => expectValid(verifyReceipt(text, options))),
    raw: () => raw.forEach(({ message, signature }) => void verify(null, message, publicKey, signature)),
  });
  const chains = await takeTurns(3, {
    small: () => expectValid(verifyChain(small, options)),
    large: () => expectValid(verifyChain(large, { ...options, keep: "none" })),
    threads: async () => expectValid(await verifyReceiptsInThreads(large, { ...options, keep: "none" }, nodeThreads)),
    raw: () => {
      for (let i = 0; i < LARGE / BATCH; i += 1)
        raw.forEach(({ message, signature }) => void verify(null, message, publicKey, signature));
    },
  });
  const aSecond = (all: readonly number[]) => all.map((ms) => (ms * A_SECOND) / LARGE);
  return [
    timesAsFast(`sign and link ${BATCH}, bare signatures`, signed.ours, signed.raw, 0.4),
    timesAsFast(`verify ${BATCH}, bare verifications`, checked.ours, checked.raw, 0.7),
    timesAsFast(`verify a chain of ${LARGE}, one thread, bare verifications`, chains.large, chains.raw, 0.65),
    timesAsFast(`verify a chain of ${LARGE}, threads, bare verifications`, chains.threads, chains.raw, 0.75),
    within(`${A_SECOND} of a chain, threads`, aSecond(chains.threads), 1_000),
    flat(
      `a chain per receipt, ${LARGE} against ${BATCH}`,
      median(chains.large) / LARGE,
      median(chains.small) / BATCH,
      1.3,
    ),
  ] satisfies Figure[];
});

function chainOf(count: number): readonly string[] {
  const texts: string[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (let i = 0; i < count; i += 1) {
    const one = signReceipt(draft, { signer, head, issued_at: "2026-07-15T12:00:00.000Z", crypto: nodeCrypto });
    if (one.kind === "refused") throw new Error(JSON.stringify(one.causes));
    texts.push(one.text);
    head = one.head;
  }
  return texts;
}

function partsOf(text: string): { readonly message: Uint8Array; readonly signature: Uint8Array } {
  const { payload, signature }: { payload: JsonObject; signature: { sig: string } } = JSON.parse(text);
  return { message: utf8Encode(canonicalize(payload, "strict")), signature: Buffer.from(signature.sig, "hex") };
}

function expectValid({ outcome }: { readonly outcome: string }): void {
  if (outcome !== "valid") throw new Error(`the receipts of the bench are ${outcome}`);
}
