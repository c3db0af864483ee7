// `ces receipts check-policy`, `trust-score` and `migrate` as a person meets them: answers, exits, one chain over many processes.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verifyChain, readAnchor } from "@ces/receipts";
import { nodeCrypto } from "@ces/crypto-node";
import { ces, type Ran, type Scene, scene, spawnCes } from "./run-ces.ts";

const POLICY = `apiVersion: governance.toolkit/v1
rules:
  - name: read
    condition: { field: "action:file:read", operator: path_under, value: /workspace }
    action: allow
  - name: ask
    condition: { operator: command_is, value: deploy }
    action: require_approval
  - name: slow
    condition: { operator: equals, value: "shell:poll" }
    action: rate_limit
`;

/** A place with a policy and a key. */
function place(): Scene & { readonly policy: string; readonly key: string; readonly chain: string } {
  const bare = scene({ git: false });
  const [policy, key, chain] = [
    join(bare.root, "policy"),
    join(bare.root, "operator.pem"),
    join(bare.root, "receipts"),
  ];
  mkdirSync(policy);
  writeFileSync(join(policy, "rules.yaml"), POLICY);
  spawnSync("openssl", ["genpkey", "-algorithm", "ed25519", "-out", key]);
  chmodSync(key, 0o600);
  return { ...bare, policy, key, chain };
}

type Place = ReturnType<typeof place>;
const ask = (at: Place, action: string, ...more: readonly string[]): Promise<Ran> =>
  ces(at, [
    "receipts",
    "check-policy",
    "--policy-dir",
    at.policy,
    "--action",
    action,
    ...(more.length === 0 ? ["--no-sign"] : more),
  ]);
const signed = (at: Place, action: string, ...more: readonly string[]): Promise<Ran> =>
  ask(at, action, "--key", at.key, "--receipts-dir", at.chain, ...more);
const receiptsIn = (at: Place): readonly string[] => readdirSync(at.chain).filter((name) => !name.startsWith("."));
const errorOf = (ran: Ran): string => /\[([A-Z_]+)\]/.exec(ran.err + ran.out)?.[1] ?? "";

describe("ces receipts check-policy", () => {
  test.each([
    ["file:read:/workspace/a", 0, "allow"],
    ["file:read:/workspace/../etc/shadow", 3, "deny"],
    ["shell:deploy now", 7, "require_approval"],
    ["shell:poll", 3, "rate_limit"],
  ])("%s ends with %i", async (action, code, decision) => {
    const ran = await ask(place(), action, "--no-sign", "--json");
    expect(ran.code).toBe(code);
    expect(ran.json().data).toMatchObject({ action, decision, receipt: null, receipt_path: null });
  });

  test("says what a person needs", async () => {
    const { out, code } = await ask(place(), "shell:rm -rf /");
    expect(code).toBe(3);
    expect(out).toContain("deny  shell:rm  No matching rule - default deny");
    expect(out).toContain("warning: the sandbox `sb_runtime_builtin` was configured and not seen");
  });

  test("signs one chain over many processes, and goes on with nobody else's", async () => {
    const at = place();
    for (const action of ["file:read:/workspace/a", "shell:rm x", "nothing"]) await signed(at, action);
    expect(receiptsIn(at)).toEqual(["000.json", "001.json", "002.json"]);
    const texts = receiptsIn(at).map((name) => readFileSync(join(at.chain, name), "utf8"));
    const pem = spawnSync("openssl", ["pkey", "-in", at.key, "-pubout"]).stdout;
    const read = readAnchor(pem);
    if (read.kind === "refused") throw new Error(read.text);
    expect(verifyChain(texts, { crypto: nodeCrypto, anchors: read.anchors })).toMatchObject({
      outcome: "valid",
      count: 3,
      breaks: 0,
    });
    const other = await ask(at, "x", "--ephemeral", "--receipts-dir", at.chain);
    expect([other.code, errorOf(other)]).toEqual([4, "CHAIN_BROKEN"]);
  });

  test("twelve processes at once make one linear chain", async () => {
    const at = place();
    const line = [
      "receipts",
      "check-policy",
      "--policy-dir",
      at.policy,
      "--key",
      at.key,
      "--receipts-dir",
      at.chain,
      "--action",
      "nothing",
    ];
    const ends = await Promise.all(Array.from({ length: 12 }, () => spawnCes(at, line)));
    expect(ends.map(({ code }) => code)).toEqual(Array.from({ length: 12 }, () => 3));
    const payloads = receiptsIn(at).map((name) => JSON.parse(readFileSync(join(at.chain, name), "utf8")).payload);
    expect(payloads.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(new Set(payloads.map(({ previousReceiptHash }) => previousReceiptHash)).size).toBe(12);
  });

  test.each([
    ["a receipt is missing", (at: Place) => rmSync(join(at.chain, "000.json"))],
    [
      "the last one was changed",
      (at: Place) => edit(join(at.chain, "001.json"), (text) => text.replace("rule_none", "rule_some")),
    ],
    ["the last one is another's", (at: Place) => cpSync(join(at.chain, "000.json"), join(at.chain, "001.json"))],
  ])("does not go on with a chain where %s", async (_, harm) => {
    const at = place();
    await signed(at, "a");
    await signed(at, "b");
    harm(at);
    const ran = await signed(at, "c");
    expect([ran.code, errorOf(ran)]).toEqual([4, "CHAIN_BROKEN"]);
    expect(existsSync(join(at.chain, "002.json"))).toBe(false);
  });

  test("nothing secret is in a receipt or beside it", async () => {
    const at = place();
    const canary = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    await signed(at, `shell:curl -H ${canary}`, "--context", `{"token":"${canary}"}`);
    const seed = readFileSync(at.key, "utf8").split("\n")[1] ?? "?";
    for (const name of receiptsIn(at)) {
      const text = readFileSync(join(at.chain, name), "utf8");
      expect([text.includes(canary), text.includes(seed)]).toEqual([false, false]);
    }
  });

  test("action and context come from standard input, where no process list shows them", async () => {
    const at = place();
    const line = ["receipts", "check-policy", "--policy-dir", at.policy, "--no-sign", "--json"];
    const action = await spawnCes(at, [...line, "--action", "-"], { input: "file:read:/workspace/a\n" });
    expect(action.json().data).toMatchObject({ action: "file:read:/workspace/a", decision: "allow" });
    const context = await spawnCes(at, [...line, "--action", "x", "--context", "-"], {
      input: '{"agent_did":"did:mesh:a"}',
    });
    expect(context.json().data).toMatchObject({ agent_did: "did:mesh:a" });
  });

  test("a key that is gone afterwards is marked in its receipt", async () => {
    const at = place();
    const ran = await ask(at, "x", "--ephemeral", "--receipts-dir", at.chain, "--json");
    expect(ran.json().data).toMatchObject({
      receipt: { payload: { issuer_certification: "ephemeral" } },
      receipt_path: join(at.chain, "000.json"),
    });
  });
});

describe("what is wrong with a question has a code of its own", () => {
  test.each([
    ["no action", ["--policy-dir", "P", "--no-sign"], 2, "USAGE_OPTION"],
    ["no policy", ["--action", "x", "--no-sign"], 2, "USAGE_OPTION"],
    ["a policy that is not there", ["--policy-dir", "/nope", "--action", "x", "--no-sign"], 2, "POLICY_FOLDER"],
    ["no chain to sign into", ["--policy-dir", "P", "--action", "x"], 2, "USAGE_OPTION"],
    ["no key", ["--policy-dir", "P", "--action", "x", "--receipts-dir", "R"], 2, "USAGE_OPTION"],
    [
      "two keys",
      ["--policy-dir", "P", "--action", "x", "--receipts-dir", "R", "--key", "K", "--ephemeral"],
      2,
      "USAGE_OPTION",
    ],
    [
      "a key that is not there",
      ["--policy-dir", "P", "--action", "x", "--receipts-dir", "R", "--key", "/nope"],
      2,
      "KEY_MISSING",
    ],
    [
      "a context that is no JSON",
      ["--policy-dir", "P", "--action", "x", "--no-sign", "--context", "{"],
      2,
      "USAGE_VALUE",
    ],
    [
      "a context that is a list",
      ["--policy-dir", "P", "--action", "x", "--no-sign", "--context", "[]"],
      2,
      "USAGE_VALUE",
    ],
    [
      "no sandbox without a name",
      ["--policy-dir", "P", "--action", "x", "--no-sign", "--sandbox-backend", "none"],
      3,
      "SANDBOX_REFUSED",
    ],
    [
      "no sandbox in production",
      [
        "--policy-dir",
        "P",
        "--action",
        "x",
        "--no-sign",
        "--sandbox-backend",
        "none",
        "--production",
        "--i-understand-no-sandbox",
        "a: b",
      ],
      3,
      "SANDBOX_REFUSED",
    ],
    [
      "a ring that is another's",
      ["--policy-dir", "P", "--action", "x", "--no-sign", "--ring", "2"],
      3,
      "SANDBOX_REFUSED",
    ],
    [
      "a layer that is not there",
      ["--policy-dir", "P", "--action", "x", "--no-sign", "--sandbox-backend", "nono", "--production"],
      5,
      "LAYER_MISSING",
    ],
  ] as const)("%s", async (_, words, code, error) => {
    const at = place();
    const places: Readonly<Record<string, string>> = { P: at.policy, R: at.chain, K: at.key };
    const named = words.map((word) => places[word] ?? word);
    const ran = await ces(at, ["receipts", "check-policy", ...named], { env: { PATH: "/usr/bin:/bin" } });
    expect([ran.code, errorOf(ran)]).toEqual([code, error]);
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  test("a policy with a mistake says file and line and decides nothing", async () => {
    const at = place();
    writeFileSync(
      join(at.policy, "more.yml"),
      "rules:\n  - name: x\n    condition: {operator: startswith, value: a}\n",
    );
    const ran = await ask(at, "file:read:/workspace/a");
    expect([ran.code, errorOf(ran)]).toEqual([2, "POLICY_INVALID"]);
    expect(ran.err).toContain("more.yml:3: `startswith` is no operator");
  });

  test("a key that others can read, a linked policy file and a Cedar set with a mistake are refused", async () => {
    const at = place();
    chmodSync(at.key, 0o644);
    expect(errorOf(await signed(at, "x"))).toBe("KEY_EXPOSED");
    symlinkSync(join(at.policy, "rules.yaml"), join(at.policy, "z.yaml"));
    expect(errorOf(await ask(at, "x"))).toBe("POLICY_UNREADABLE");
    rmSync(join(at.policy, "z.yaml"));
    writeFileSync(join(at.policy, "p.cedar"), "permit(principal, action, resource) when { context.nothing };");
    expect(errorOf(await ask(at, "x"))).toBe("CEDAR_POLICY_INVALID");
  });
});

test("Cedar policies and rules are asked together, and the stricter answer counts", async () => {
  const at = place();
  writeFileSync(
    join(at.policy, "p.cedar"),
    'permit(principal, action == Agent::Action::"open", resource) when { resource.path like "/workspace/src/*" };',
  );
  expect((await ask(at, "file:read:/workspace/src/a")).code).toBe(0);
  expect((await ask(at, "file:read:/workspace/b")).code).toBe(3);
  const ran = await ask(at, "file:read:/workspace/src/a", "--no-sign", "--json");
  expect(ran.json().data).toMatchObject({ policy_engine: "governance.toolkit/v1+cedar" });
});

describe("ces receipts trust-score", () => {
  const score = (at: Place, ...more: readonly string[]) =>
    ces(at, ["receipts", "trust-score", "--agent-did", "did:mesh:a", ...more]);

  test("is kept, exact, and counts where it is asked", async () => {
    const at = place();
    expect((await score(at, "--json")).json().data).toMatchObject({ agent_did: "did:mesh:a", trust_score: 1 });
    for (let i = 0; i < 3; i += 1) await score(at, "--lower", "0.15");
    expect((await score(at, "--json")).json().data).toMatchObject({ trust_score: 0.55 });
    await score(at, "--lower", "0.1");
    const ran = await ask(at, "file:read:/workspace/a", "--no-sign", "--agent-did", "did:mesh:a", "--json");
    expect([ran.code, ran.json().data]).toMatchObject([
      7,
      { decision: "require_approval", reason_code: "TRUST_LOW", trust_score: 0.45 },
    ]);
  });

  test("is raised by nobody who is not at a terminal", async () => {
    const at = place();
    await score(at, "--lower", "0.5");
    const ran = await score(at, "--raise", "0.5");
    expect([ran.code, errorOf(ran)]).toEqual([3, "GATE_HUMAN"]);
    expect((await score(at, "--json")).json().data).toMatchObject({ trust_score: 0.5 });
  });

  test.each([
    [["--lower", "2"], 2, "USAGE_VALUE"],
    [["--lower", "1.5"], 2, "USAGE_VALUE"],
    [["--lower", "0.1", "--raise", "0.1"], 2, "USAGE_OPTION"],
  ])("%j is no change", async (words, code, error) => {
    const ran = await score(place(), ...words);
    expect([ran.code, errorOf(ran)]).toEqual([code, error]);
  });

  test("sixteen processes that lower it at once all count", async () => {
    const at = place();
    const line = ["receipts", "trust-score", "--agent-did", "did:mesh:a", "--lower", "0.05"];
    const ends = await Promise.all(Array.from({ length: 16 }, () => spawnCes(at, line)));
    expect(ends.map(({ code }) => code)).toEqual(Array.from({ length: 16 }, () => 0));
    expect((await score(at, "--json")).json().data).toMatchObject({ trust_score: 0.2 });
  });

  test("a damaged book is not an empty one", async () => {
    const at = place();
    await score(at, "--lower", "0.5");
    edit(join(at.root, "state/ces/trust.json"), (text) => text.replace("500", "5000"));
    const ran = await score(at);
    expect([ran.code, errorOf(ran)]).toEqual([4, "TRUST_DAMAGED"]);
  });
});

describe("ces receipts migrate", () => {
  test("says what loads, what is wider than it reads, and what to write instead", async () => {
    const at = place();
    writeFileSync(
      join(at.policy, "rules.yaml"),
      "rules:\n  - name: r\n    condition: {operator: matches, value: '^file:read:/(workspace|tmp)'}\n    action: allow\n",
    );
    const ran = await ces(at, ["receipts", "migrate", at.policy, "--json"]);
    expect(ran.code).toBe(0);
    expect(ran.json().data).toMatchObject({
      rules: 1,
      findings: [{ rule: "r", code: "unanchored_path_prefix" }],
      rewrites: [
        {
          rule: "r",
          place: "rules.yaml:2",
          instead: [{ field: "action:file:read", operator: "path_under", value: ["/workspace", "/tmp"] }],
        },
      ],
    });
  });

  test("says why receipts of the earlier skill do not verify, and what a new chain names", async () => {
    const at = place();
    const old = join(at.root, "old");
    mkdirSync(old);
    const vectors = join(import.meta.dirname, "../../../test/vectors/acta/peer-output");
    const vector = JSON.parse(readFileSync(join(vectors, "python-skill-nono-0.json"), "utf8"));
    writeFileSync(join(old, "000.json"), vector.receipt_text);
    writeFileSync(join(at.root, "key.hex"), vector.keys.trusted_key_hex);
    const { out, code } = await ces(at, [
      "receipts",
      "migrate",
      at.policy,
      "--receipts",
      old,
      "--public-key",
      join(at.root, "key.hex"),
    ]);
    expect(code).toBe(0);
    expect(out).toContain("000.json undecidable");
    expect(out).toContain("malformed_signature_encoding");
    expect(out).toContain('"tool_name":"file:read"');
    expect(out).toMatch(/imports sha256:[0-9a-f]{64}/);
  });

  test("a policy that does not load ends with 3 and its lines", async () => {
    const at = place();
    writeFileSync(join(at.policy, "rules.yaml"), "rules:\n  - {name: a, action: deny}\n");
    const ran = await ces(at, ["receipts", "migrate", at.policy]);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain("rules.yaml:2: `condition` is missing");
  });
});

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "utf8");
  expect(change(before)).not.toBe(before);
  writeFileSync(path, change(before), { mode: 0o600 });
}
