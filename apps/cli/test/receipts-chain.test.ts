// `ces receipts chain` over chains as they are, were harmed, and are handed on.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "@ces/crypto-node";
import { DECISION_TYPE, type DecisionDraft, seedSigner } from "@ces/receipts";
import { openReceiptChain } from "../src/receipts/open-receipt-chain.ts";
import { ces, type Ran, rows, type Scene, scene } from "./run-ces.ts";

const signer = seedSigner(new Uint8Array(32).fill(3), nodeCrypto);
const next = seedSigner(new Uint8Array(32).fill(4), nodeCrypto);

const decision = (iteration_id: string): DecisionDraft => ({
  type: DECISION_TYPE,
  tool_name: "shell:git",
  decision: "allow",
  reason: "POLICY_ALLOW",
  agent_id: "did:mesh:tester",
  observed_by: "client",
  iteration_id,
  policy_id: "allow-safe-shell",
  policy_engine: "ces-rules",
  policy_digest: `sha256:${"a".repeat(64)}`,
  sandbox_backend: "ces_walls",
  ring: 3,
  sandbox_state: "enabled",
  sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, no_new_privs: true } }],
});

type Place = Scene & { readonly chain: string; readonly keys: string; readonly held: string };

/** A chain of five: one, two together, the last word, and one of the next key. `held`: a place for checkpoints. */
function place(): Place {
  const bare = scene({ git: false });
  const [chain, keys, vault] = [join(bare.root, "receipts"), join(bare.root, "keys.json"), join(bare.root, "vault")];
  mkdirSync(vault, { mode: 0o700 });
  const own = { signer, earlier: [] };
  openReceiptChain(chain, own).append([decision("0")]);
  openReceiptChain(chain, own).append([decision("1"), decision("2")]);
  openReceiptChain(chain, own).handOver(next, "scheduled");
  openReceiptChain(chain, { signer: next, earlier: [signer.public_key] }).append([decision("4")]);
  const jwk = ({ kid, public_key }: typeof signer) => ({
    kty: "OKP",
    crv: "Ed25519",
    kid,
    x: Buffer.from(public_key).toString("base64url"),
  });
  writeFileSync(keys, JSON.stringify({ keys: [jwk(signer), jwk(next)] }));
  // The next key as a file, to sign checkpoints with.
  writeFileSync(join(bare.root, "next.key"), new Uint8Array(32).fill(4), { mode: 0o600 });
  return { ...bare, chain, keys, held: join(vault, "held.json") };
}

const judge = (at: Place, ...more: readonly string[]): Promise<Ran> =>
  ces(at, ["receipts", "chain", at.chain, "--keys", at.keys, ...more]);
const codes = (ran: Ran): readonly unknown[] => rows(ran, "causes").map(({ code }) => code);
const errorOf = (ran: Ran): string => /\[([A-Z_]+)\]/.exec(ran.err + ran.out)?.[1] ?? "";

describe("ces receipts chain", () => {
  test("says count, head, breaks, completeness and whose key signed what", async () => {
    const at = place();
    const ran = await judge(at, "--json");
    expect(ran.code).toBe(0);
    expect(ran.json().data).toMatchObject({
      outcome: "valid",
      count: 5,
      files: 4,
      breaks: 0,
      completeness: "not_established",
      spans: [
        { from: 0, to: 3, kid: signer.kid, handed_to: next.kid, broken: false },
        { from: 4, to: 4, kid: next.kid, handed_to: null, broken: false },
      ],
    });
    expect(ran.json().data["head"]).toMatch(/^sha256:[0-9a-f]{64}$/);
    const shown = await judge(at);
    expect(shown.out).toContain("valid  5 receipts in 4 files");
    expect(shown.out).toContain("[0 … 3] ━▶ [4]");
    expect(shown.out).toContain("not shown: a missing tail is seen only against a checkpoint kept elsewhere");
  });

  test.each<readonly [string, (at: Place) => void, string]>([
    ["the first is missing", (at) => rmSync(join(at.chain, "000.json")), "chain_break"],
    ["the middle is missing", (at) => rmSync(join(at.chain, "001.json")), "chain_break"],
    ["the last word is missing", (at) => rmSync(join(at.chain, "003.json")), "chain_break"],
    [
      "one was changed",
      (at) => edit(join(at.chain, "000.json"), (text) => text.replace('"allow"', '"deny"')),
      "invalid_signature",
    ],
    [
      "one of a list was taken out",
      (at) => edit(join(at.chain, "001.json"), (text) => JSON.stringify(JSON.parse(text)[0])),
      "chain_break",
    ],
    [
      "one stands there twice",
      (at) => copyFileSync(join(at.chain, "004.json"), join(at.chain, "005.json")),
      "chain_break",
    ],
    ["a file is no receipt", (at) => writeFileSync(join(at.chain, "004.json"), "{"), "chain_break"],
    ["a file is a link to nothing", (at) => symlinkSync("/nope", join(at.chain, "005.json")), "chain_break"],
  ])("%s", async (_, harm, cause) => {
    const at = place();
    harm(at);
    const ran = await judge(at, "--json");
    expect([ran.code, codes(ran).includes(cause)]).toEqual([4, true]);
    expect((await judge(at, "--checkpoint-out", at.held, "--key", join(at.root, "next.key"))).code).toBe(4);
    expect(statSync(at.held, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("shows where it is broken", async () => {
    const at = place();
    rmSync(join(at.chain, "001.json"));
    const { out } = await judge(at);
    expect(out).toContain("[0] ✕ [1] ━▶ [2]");
    expect(out + (await judge(at)).err).toContain("`001.json` to `002.json` are missing before `003.json`");
  });

  test("a stranger's copy is judged wherever it lies, and under no keys nothing is decided", async () => {
    const at = place();
    const copy = join(at.root, "copy");
    cpSync(at.chain, copy, { recursive: true });
    chmodSync(copy, 0o755);
    expect((await ces(at, ["receipts", "chain", copy, "--keys", at.keys])).code).toBe(0);
    expect((await ces(at, ["receipts", "chain", copy])).code).toBe(6);
    expect((await ces(at, ["receipts", "chain", join(at.root, "none"), "--keys", at.keys])).code).toBe(2);
  });
});

describe("checkpoints", () => {
  const keep = (at: Place): Promise<Ran> =>
    judge(at, "--checkpoint-out", at.held, "--key", join(at.root, "next.key"), "--json");

  test("vouch for what they count, and are replaced by longer ones only", async () => {
    const at = place();
    writeFileSync(join(at.root, "old.key"), new Uint8Array(32).fill(3), { mode: 0o600 });
    // The key that signed the last receipt goes on with the chain; its predecessor's public half is what a home would know.
    const refused = await judge(at, "--checkpoint-out", at.held, "--key", join(at.root, "old.key"));
    expect([refused.code, errorOf(refused)]).toEqual([4, "CHAIN_BROKEN"]);
    const first = await keep(at);
    expect([first.code, first.json().data["checkpoint"]]).toEqual([0, { path: at.held, count: 5 }]);
    expect(statSync(at.held).mode & 0o777).toBe(0o600);
    openReceiptChain(at.chain, { signer: next, earlier: [signer.public_key] }).append([decision("5")]);
    expect((await judge(at, "--checkpoint", at.held, "--json")).json().data).toMatchObject({
      completeness: "established_to_count",
      established_count: 5,
    });
    expect((await keep(at)).json().data["checkpoint"]).toEqual({ path: at.held, count: 6 });
    const before = readFileSync(at.held);
    rmSync(join(at.chain, "005.json"));
    const cut = await keep(at);
    expect([cut.code, codes(cut)]).toEqual([4, ["chain_truncated"]]);
    expect(readFileSync(at.held)).toEqual(before);
    expect((await judge(at, "--checkpoint", at.held)).out).toContain(
      "no: this is not the chain that a checkpoint counted",
    );
  });

  test("a chain that its own signer wrote anew is found", async () => {
    const at = place();
    await keep(at);
    rmSync(at.chain, { recursive: true });
    const anew = openReceiptChain(at.chain, { signer: next, earlier: [] });
    anew.append(["a", "b", "c", "d", "e", "f"].map(decision));
    const ran = await keep(at);
    expect([ran.code, codes(ran)]).toEqual([4, ["chain_rewritten"]]);
  });

  test.each<readonly [string, (at: Place) => string, string]>([
    ["in the chain", (at) => join(at.chain, "held.json"), "CHECKPOINT_PLACE"],
    [
      "in a repository",
      (at) => (mkdirSync(join(at.root, "repo/.git"), { recursive: true }), join(at.root, "repo/held.json")),
      "CHECKPOINT_PLACE",
    ],
    [
      "in a folder that others may write into",
      (at) => (
        mkdirSync(join(at.root, "open")),
        chmodSync(join(at.root, "open"), 0o777),
        join(at.root, "open/held.json")
      ),
      "CHECKPOINT_PLACE",
    ],
    [
      "through a link",
      (at) => (symlinkSync(at.chain, join(at.root, "link")), join(at.root, "link/held.json")),
      "CHECKPOINT_PLACE",
    ],
    ["nowhere", (at) => join(at.root, "none/held.json"), "CHECKPOINT_PLACE"],
  ])("are not kept %s", async (_, where, code) => {
    const at = place();
    const ran = await judge(at, "--checkpoint-out", where(at), "--key", join(at.root, "next.key"));
    expect([ran.code, errorOf(ran)]).toEqual([3, code]);
    expect(readdirSync(at.chain).filter((name) => name.includes("held"))).toEqual([]);
  });

  test("need a key when the last receipt is nobody's here", async () => {
    const at = place();
    const ran = await judge(at, "--checkpoint-out", at.held);
    expect([ran.code, errorOf(ran)]).toEqual([2, "USAGE_OPTION"]);
  });
});

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
