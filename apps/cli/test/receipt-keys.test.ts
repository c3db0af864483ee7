// `ces keys …` for receipts, as a new user and as an attacker meet them; and that no private byte is in anything they print, keep or crash with.
import { spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { encodeHex } from "@ces/kernel";
import { madeKey, openKeyHome } from "@ces/keys";
import { describe, expect, test } from "vitest";
import { openReceiptChain } from "../src/receipts/open-receipt-chain.ts";
import { publicKeyIn, receiptSigner } from "../src/receipts/key-home-of.ts";
import { ces, type Ran, rows, type Scene, scene, spawnCes } from "./run-ces.ts";

const RULES = `apiVersion: governance.toolkit/v1
rules:
  - name: read
    condition: { field: "action:file:read", operator: path_under, value: /workspace }
    action: allow
`;

/** A place with a policy; no key yet. */
function place(): Scene & { readonly home: string; readonly chain: string } {
  const bare = scene({ git: false });
  mkdirSync(join(bare.root, "policy"));
  writeFileSync(join(bare.root, "policy/rules.yaml"), RULES);
  return { ...bare, home: join(bare.root, "state/ces/receipt-keys"), chain: join(bare.root, "receipts") };
}
type Place = ReturnType<typeof place>;

const keys = (at: Scene, ...words: readonly string[]): Promise<Ran> => ces(at, ["keys", ...words]);
const sign = (at: Place, ...more: readonly string[]): Promise<Ran> =>
  ces(at, [
    "receipts",
    "check-policy",
    "--policy-dir",
    join(at.root, "policy"),
    "--action",
    "file:read:/workspace/a",
    "--receipts-dir",
    at.chain,
    ...more,
  ]);
const chain = (at: Place, ...more: readonly string[]): Promise<Ran> =>
  ces(at, ["receipts", "chain", at.chain, ...more]);
const errorOf = (ran: Ran): string => /\[([A-Z_]+)\]/.exec(ran.err + ran.out)?.[1] ?? "";
const ended = (ran: Ran): readonly [number, string] => [ran.code, errorOf(ran)];

function secretFile(at: Scene, name: string, text: string): string {
  const path = join(at.root, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe("a new user", () => {
  test("makes a key, signs, rotates, signs again, publishes and verifies", async () => {
    const at = place();
    expect((await keys(at, "generate", "operator")).out).toContain("signs");
    expect((await sign(at, "--key", "operator")).code).toBe(0);
    const rotated = await keys(at, "rotate", "operator", "--receipts-dir", at.chain, "--json");
    expect([rotated.code, rotated.json().data["rotation"]]).toEqual([0, "begun"]);
    expect((await sign(at, "--key", "operator")).code).toBe(0);
    const published = await keys(at, "export", "operator");
    const jwks = JSON.parse(published.out);
    expect(jwks.keys).toMatchObject([{ valid_until: jwks.keys[1].valid_from }, { kty: "OKP", crv: "Ed25519" }]);
    expect(jwks.keys[1].valid_until).toBeUndefined();
    writeFileSync(join(at.project, "keys.json"), published.out);
    const files = readdirSync(at.chain)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(at.chain, name));
    const verified = await ces(at, ["receipts", "verify", ...files, "--keys", "keys.json", "--json"]);
    expect(verified.json().data).toMatchObject({ outcome: "valid", count: 3, breaks: 0 });
    expect(rows(verified, "warnings").map(({ code }) => code)).not.toContain("key_changed_without_rotation");
    expect((await chain(at, "--json")).json().data).toMatchObject({
      outcome: "valid",
      count: 3,
      spans: [
        { from: 0, to: 1, name: "operator", handed_to: jwks.keys[1].kid },
        { from: 2, to: 2, name: "operator", broken: false },
      ],
    });
  });

  test("finds the key in the list, here and outside every project", async () => {
    const at = place();
    expect(ended(await keys(at, "list"))).toEqual([2, "NO_PROJECT"]);
    await keys(at, "generate", "operator");
    const list = await keys(at, "list", "--json");
    expect(rows(list, "receipt_keys")).toMatchObject([
      { name: "operator", form: "plain", current: true, rotating: false },
    ]);
    expect(list.json().data["identities"]).toEqual([]);
    expect([at.home, join(at.home, "operator-0001.pem")].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o600,
    ]);
  });

  test("exports one key in other forms", async () => {
    const at = place();
    await keys(at, "generate", "operator");
    const hex = (await keys(at, "export", "operator", "--format", "hex")).out;
    expect(hex).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await keys(at, "export", "operator", "--format", "pem")).out).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(rows(await keys(at, "export", "operator", "--json"), "receipt_keys")).toMatchObject([
      { public_key: hex.trim() },
    ]);
  });

  test("a stolen key is revoked from its last word on", async () => {
    const at = place();
    await keys(at, "generate", "operator");
    await sign(at, "--key", "operator");
    await keys(at, "rotate", "operator", "--receipts-dir", at.chain, "--reason", "compromised");
    const { keys: list } = JSON.parse((await keys(at, "export", "operator")).out);
    expect([list[0].revoked_at, list[1].revoked_at]).toEqual([list[0].valid_until, undefined]);
    expect((await chain(at)).code).toBe(0);
  });

  test("a key under a passphrase is asked for it, and nothing else opens it", async () => {
    const at = place();
    const [right, wrong, open] = [
      secretFile(at, "right", "correct horse\n"),
      secretFile(at, "wrong", "x"),
      secretFile(at, "open", "correct horse"),
    ];
    chmodSync(open, 0o644);
    expect((await keys(at, "generate", "safe", "--passphrase-file", right)).code).toBe(0);
    expect((await sign(at, "--key", "safe", "--passphrase-file", right)).code).toBe(0);
    expect(ended(await sign(at, "--key", "safe"))).toEqual([5, "KEY_LOCKED"]);
    expect(ended(await sign(at, "--key", "safe", "--passphrase-file", wrong))).toEqual([5, "KEY_PASSPHRASE"]);
    expect(ended(await sign(at, "--key", "safe", "--passphrase-file", open))).toEqual([5, "KEY_EXPOSED"]);
    expect(ended(await keys(at, "rotate", "safe", "--receipts-dir", at.chain))).toEqual([5, "KEY_LOCKED"]);
    expect((await keys(at, "rotate", "safe", "--receipts-dir", at.chain, "--passphrase-file", right)).code).toBe(0);
    expect(rows(await keys(at, "list", "--json"), "receipt_keys")).toMatchObject([
      { form: "locked" },
      { form: "locked" },
    ]);
    expect(ended(await keys(at, "generate", "other", "--passphrase"))).toEqual([5, "KEY_LOCKED"]);
  });

  test("a passphrase comes through a descriptor, and what is typed at the terminal is not shown", async () => {
    const at = place();
    const piped = await spawnCes(at, ["keys", "generate", "fd", "--passphrase-file", "/dev/fd/0"], {
      input: "correct horse\n",
    });
    expect(piped.code).toBe(0);
    const line = [
      process.execPath,
      join(import.meta.dirname, "../src/main.ts"),
      "keys",
      "generate",
      "typed",
      "--passphrase",
    ];
    const typed = await terminal(at, line, ["new passphrase", "hunter2x", "the same again", "hunter2x"]);
    expect([typed.code, typed.out.includes("hunter2x"), typed.out.includes("under a passphrase")]).toEqual([
      0,
      false,
      true,
    ]);
    const file = secretFile(at, "pass", "hunter2x");
    expect((await sign(at, "--key", "typed", "--passphrase-file", file)).code).toBe(0);
  });
});

// A line in a terminal of its own, by script(1): what is waited for, then what is typed.
function terminal(
  at: Scene,
  words: readonly string[],
  talk: readonly string[],
): Promise<{ readonly code: number; readonly out: string }> {
  const child = spawn("script", ["-qec", words.map((word) => `'${word}'`).join(" "), "/dev/null"], {
    cwd: at.project,
    env: at.env,
  });
  let [out, step] = ["", 0];
  child.stdout.on("data", (bytes) => {
    out += bytes;
    if (step < talk.length && out.includes(talk[step] ?? "")) {
      child.stdin.write(`${talk[step + 1] ?? ""}\r`);
      step += 2;
    }
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, out })));
}

describe("import", () => {
  const pem = (seed: Uint8Array, passphrase?: string): string =>
    createPrivateKey({
      key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
      format: "der",
      type: "pkcs8",
    })
      .export({
        type: "pkcs8",
        format: "pem",
        ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }),
      })
      .toString();
  const seed = new Uint8Array(32).fill(7);

  test("takes a plain key, and one under its passphrase", async () => {
    const at = place();
    const file = secretFile(at, "plain.pem", pem(seed));
    expect(rows(await keys(at, "import", "plain", file, "--json"), "receipt_keys")).toMatchObject([
      { public_key: encodeHex(nodeCrypto.ed25519PublicKey(seed)), form: "plain", valid_from: null },
    ]);
    const [locked, pass] = [secretFile(at, "locked.pem", pem(seed, "x")), secretFile(at, "pass", "x")];
    expect(ended(await keys(at, "import", "locked", locked))).toEqual([5, "KEY_LOCKED"]);
    expect((await keys(at, "import", "locked", locked, "--passphrase-file", pass)).code).toBe(0);
    expect((await keys(at, "import", "wrapped", file, "--passphrase-file", pass)).code).toBe(0);
    expect(rows(await keys(at, "list", "--json"), "receipt_keys").map(({ form }) => form)).toEqual([
      "locked",
      "plain",
      "locked",
    ]);
  });

  test.each<readonly [string, () => string, string]>([
    ["cut off", () => pem(seed).slice(0, 80), "KEY_TRUNCATED"],
    ["no key", () => "nothing", "KEY_DAMAGED"],
    ["a public key", () => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "KEY_TYPE"],
  ])("refuses what is %s", async (_, text, code) => {
    const at = place();
    expect(ended(await keys(at, "import", "x", secretFile(at, "x.pem", text())))).toEqual([5, code]);
    expect(existsSync(at.home)).toBe(false);
  });

  test("a program holds the key: it signs, rotates to another program, and its lie is no receipt", async () => {
    const at = place();
    const program = (name: string, fill: number): { readonly path: string; readonly hex: string } => {
      const path = join(at.root, name);
      writeFileSync(
        path,
        `#!${process.execPath}\nconst c = require("node:crypto");\nconst key = c.createPrivateKey({ key: Buffer.from("302e020100300506032b657004220420${String(fill).padStart(2, "0").repeat(32)}", "hex"), format: "der", type: "pkcs8" });\nprocess.stdout.write(c.sign(null, require("node:fs").readFileSync(0), key));\n`,
      );
      chmodSync(path, 0o700);
      const hex = join(at.root, `${name}.hex`);
      writeFileSync(
        hex,
        encodeHex(nodeCrypto.ed25519PublicKey(new Uint8Array(32).fill(Number.parseInt(String(fill), 16)))),
      );
      return { path, hex };
    };
    const [{ path: one, hex: oneHex }, { path: two, hex: twoHex }] = [program("one", 11), program("two", 12)];
    expect(ended(await keys(at, "import", "kms", twoHex, "--external", one))).toEqual([5, "KEY_SIGNER"]);
    expect(ended(await keys(at, "import", "kms", oneHex, "--external", "one"))).toEqual([5, "KEY_PROGRAM"]);
    expect((await keys(at, "import", "kms", oneHex, "--external", one)).code).toBe(0);
    expect((await sign(at, "--key", "kms")).code).toBe(0);
    const rotated = await keys(
      at,
      "rotate",
      "kms",
      "--receipts-dir",
      at.chain,
      "--public-key",
      twoHex,
      "--external",
      two,
    );
    expect([rotated.code, rotated.err]).toEqual([0, ""]);
    expect((await sign(at, "--key", "kms")).code).toBe(0);
    expect((await chain(at, "--json")).json().data).toMatchObject({ outcome: "valid", count: 3 });
    writeFileSync(two, `#!${process.execPath}\nprocess.stdout.write(Buffer.alloc(64, 1));\n`);
    expect((await sign(at, "--key", "kms")).code).not.toBe(0);
    expect((await chain(at, "--json")).json().data).toMatchObject({ outcome: "valid", count: 3 });
  });
});

describe("what is wrong has a code of its own", () => {
  test.each<readonly [string, readonly string[], number, string]>([
    ["a name that is a path", ["generate", "../x"], 2, "KEY_NAME"],
    ["a name that is a file's", ["generate", "operator.pem"], 2, "KEY_NAME"],
    ["a name that is taken", ["generate", "operator"], 3, "KEY_EXISTS"],
    ["a name that nobody has", ["export", "nobody"], 2, "KEY_MISSING"],
    ["a rotation of nothing", ["rotate", "nobody", "--receipts-dir", "R"], 2, "KEY_MISSING"],
    ["a rotation without a chain", ["rotate", "operator"], 2, "USAGE_OPTION"],
    [
      "a program without its public key",
      ["rotate", "operator", "--receipts-dir", "R", "--external", "/bin/true"],
      2,
      "USAGE_OPTION",
    ],
    ["a file that is not there", ["import", "x", "/nope.pem"], 2, "KEY_MISSING"],
  ])("%s", async (_, words, code, error) => {
    const at = place();
    await keys(at, "generate", "operator");
    expect(ended(await keys(at, ...words))).toEqual([code, error]);
  });

  test.each<readonly [string, (at: Place) => void]>([
    ["a key that others can read", (at) => chmodSync(join(at.home, "operator-0001.pem"), 0o644)],
    ["a folder that others can look into", (at) => chmodSync(at.home, 0o755)],
    [
      "a folder that is a link",
      (at) => {
        mkdirSync(join(at.root, "theirs"), { mode: 0o700 });
        rmSync(at.home, { recursive: true });
        symlinkSync(join(at.root, "theirs"), at.home);
      },
    ],
  ])("%s signs nothing", async (_, harm) => {
    const at = place();
    await keys(at, "generate", "operator");
    harm(at);
    expect(ended(await sign(at, "--key", "operator"))).toEqual([5, "KEY_EXPOSED"]);
    expect(existsSync(at.chain)).toBe(false);
  });
});

describe("a rotation that is killed", () => {
  /** A key with one receipt in each of two chains, and a rotation that has begun. */
  async function begun(): Promise<{
    readonly at: Place;
    readonly chains: readonly string[];
    readonly word: (index: number) => void;
  }> {
    const at = place();
    await keys(at, "generate", "operator");
    const chains = [at.chain, join(at.root, "second")];
    for (const one of chains) await sign({ ...at, chain: one }, "--key", "operator");
    const home = openKeyHome(at.home);
    const signer = receiptSigner(home.open("operator"));
    const record = home.alone(() =>
      home.begin("operator", madeKey(), {
        now: new Date().toISOString(),
        chains: chains.map((path) => ({ path, count: 1 })),
        reason: "scheduled",
      }),
    );
    const next = receiptSigner({ public_key: publicKeyIn(record.rotation!.next), sign: () => new Uint8Array() });
    return {
      at,
      chains,
      word: (index) => void openReceiptChain(chains[index]!, { signer, earlier: [] }).handOver(next, "scheduled"),
    };
  }
  const current = async (at: Place): Promise<number> =>
    rows(await keys(at, "list", "--json"), "receipt_keys").filter((one) => one["current"] === true).length;
  const halves = (at: Place): readonly string[] => readdirSync(at.home).filter((name) => name.endsWith(".pem"));

  test("before any chain has the last word: the old key goes on, the next one is gone", async () => {
    const { at } = await begun();
    expect((await sign(at, "--key", "operator")).code).toBe(0);
    expect([await current(at), halves(at)]).toEqual([1, ["operator-0001.pem"]]);
    expect((await chain(at, "--json")).json().data).toMatchObject({
      outcome: "valid",
      count: 2,
      spans: [{ from: 0, to: 1 }],
    });
  });

  test("after all have it: the next key goes on, the old one is gone", async () => {
    const { at, word } = await begun();
    [0, 1].forEach(word);
    expect((await sign(at, "--key", "operator")).code).toBe(0);
    expect([await current(at), halves(at)]).toEqual([1, ["operator-0002.pem"]]);
    expect((await chain(at, "--json")).json().data).toMatchObject({ outcome: "valid", count: 3 });
  });

  test("between: nothing is signed until it is finished, and then by the next key alone", async () => {
    const { at, chains, word } = await begun();
    word(0);
    for (const one of chains)
      expect(ended(await sign({ ...at, chain: one }, "--key", "operator"))).toEqual([3, "KEY_ROTATION_OPEN"]);
    expect((await keys(at, "list")).out).toContain("rotating");
    const finished = await keys(at, "rotate", "operator", "--json");
    expect([finished.code, finished.json().data["rotation"]]).toEqual([0, "finished"]);
    for (const one of chains) {
      expect((await sign({ ...at, chain: one }, "--key", "operator")).code).toBe(0);
      expect((await chain({ ...at, chain: one }, "--json")).json().data).toMatchObject({ outcome: "valid", count: 3 });
    }
  });

  test("a chain that is not there decides nothing, and no key is destroyed over it", async () => {
    const { at, chains } = await begun();
    rmSync(chains[1]!, { recursive: true });
    expect(ended(await sign(at, "--key", "operator"))).toEqual([3, "KEY_ROTATION_OPEN"]);
    expect(ended(await keys(at, "rotate", "operator"))).toEqual([3, "KEY_ROTATION_OPEN"]);
    expect([halves(at), existsSync(chains[1]!)]).toEqual([["operator-0001.pem", "operator-0002.pem"], false]);
  });

  test("by SIGKILL at any moment: one key is current, and the chain goes on", async () => {
    const at = place();
    await keys(at, "generate", "operator");
    await sign(at, "--key", "operator");
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "../src/main.ts"), "keys", "rotate", "operator", "--receipts-dir", at.chain],
        {
          env: at.env,
          stdio: "ignore",
        },
      );
      const before = readdirSync(at.home).length;
      // From the moment that the home changes, a little later each time.
      while (readdirSync(at.home).length === before && child.exitCode === null)
        await new Promise((go) => setTimeout(go, 1));
      await new Promise((go) => setTimeout(go, round * 2));
      child.kill("SIGKILL");
      await new Promise((go) => child.on("close", go));
      expect(ended(await sign(at, "--key", "operator"))).toEqual([0, ""]);
      expect([await current(at), halves(at).length]).toEqual([1, 1]);
      expect((await chain(at, "--json")).json().data).toMatchObject({ outcome: "valid", breaks: 0 });
    }
  }, 120_000);

  test("a chain that cannot be gone on with is found before anything is made", async () => {
    const at = place();
    await keys(at, "generate", "operator");
    await sign(at, "--ephemeral");
    expect(ended(await keys(at, "rotate", "operator", "--receipts-dir", at.chain))).toEqual([4, "CHAIN_BROKEN"]);
    expect(halves(at)).toEqual(["operator-0001.pem"]);
    expect(rows(await keys(at, "list", "--json"), "receipt_keys")).toMatchObject([{ rotating: false }]);
  });
});

test("canary: no private byte is in any output or file but the key's own", async () => {
  const at = place();
  const seed = Buffer.from(Array.from({ length: 32 }, (_, index) => 0x90 + index));
  const text = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  })
    .export({ type: "pkcs8", format: "pem" })
    .toString();
  const [file, pass] = [secretFile(at, "canary.pem", text), secretFile(at, "pass", "canary-passphrase")];
  const harmed = [
    secretFile(at, "cut.pem", text.slice(0, 90)),
    secretFile(at, "type.pem", text.replaceAll("PRIVATE KEY", "EC PRIVATE KEY")),
    secretFile(at, "odd.pem", text.replace("MC4", "MD4")),
    secretFile(at, "raw.key", seed.toString("latin1").slice(1)),
  ];
  const lines: readonly (readonly string[])[] = [
    ["keys", "import", "operator", file],
    ["keys", "import", "locked", file, "--passphrase-file", pass],
    ["keys", "import", "operator", file],
    ...harmed.flatMap((one) => [
      ["keys", "import", "x", one],
      ["receipts", "public-key", one],
      [
        "receipts",
        "check-policy",
        "--policy-dir",
        join(at.root, "policy"),
        "--action",
        "a",
        "--receipts-dir",
        at.chain,
        "--key",
        one,
      ],
    ]),
    ["keys", "list"],
    ...["jwks", "pem", "hex"].map((form) => ["keys", "export", "operator", "--format", form]),
    ["receipts", "public-key", file],
    [
      "receipts",
      "check-policy",
      "--policy-dir",
      join(at.root, "policy"),
      "--action",
      "a",
      "--receipts-dir",
      at.chain,
      "--key",
      "operator",
    ],
    [
      "receipts",
      "check-policy",
      "--policy-dir",
      join(at.root, "policy"),
      "--action",
      "a",
      "--receipts-dir",
      join(at.root, "l"),
      "--key",
      "locked",
      "--passphrase-file",
      pass,
    ],
    [
      "receipts",
      "check-policy",
      "--policy-dir",
      join(at.root, "policy"),
      "--action",
      "a",
      "--receipts-dir",
      join(at.root, "f"),
      "--key",
      file,
    ],
    ["receipts", "chain", at.chain, "--checkpoint-out", join(at.root, "held.json")],
    ["receipts", "chain", at.chain, "--keys", file],
    ["receipts", "verify", join(at.chain, "000.json"), "--keys", file],
    ["keys", "generate", "operator"],
    ["keys", "rotate", "operator", "--receipts-dir", "/proc/none"],
    ["keys", "rotate", "operator", "--receipts-dir", at.chain],
  ];
  const said: string[] = [];
  const env = { CES_LOG_LEVEL: "debug" };
  for (const line of lines)
    for (const words of [line, [...line, "--json"]]) {
      if (words.includes("--json") && words.includes("rotate")) continue;
      const ran = await ces(at, words, { env });
      said.push(`${words.join(" ")}\n${ran.out}\n${ran.err}`);
    }
  const own = new Set([file, pass, ...harmed, join(at.home, "operator-0001.pem"), join(at.home, "locked-0001.pem")]);
  const kept = readdirSync(at.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !own.has(join(entry.parentPath, entry.name)))
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), "latin1")}`);
  // Every window of twelve bytes of the seed, in every spelling that a mistake could give it.
  const windows = Array.from({ length: 32 - 12 }, (_, from) => seed.subarray(from, from + 12));
  const spelled = windows.flatMap((part) => [
    part.toString("hex"),
    part.toString("latin1"),
    [...part].join(","),
    [...part].join(", "),
  ]);
  // The PEM's own spelling: the seed begins behind 21 letters, at no whole group of three bytes.
  const body = text.split("\n")[1] ?? "";
  const letters = Array.from({ length: body.length - 22 - 16 }, (_, at) => body.slice(22 + at, 22 + at + 16));
  const encoded = [seed.toString("base64"), seed.toString("base64url")].map((form) => form.slice(0, 16));
  const forms = [...spelled, ...letters, ...encoded, "canary-passphrase"];
  expect(said.length).toBeGreaterThan(50);
  expect([...said, ...kept].filter((one) => forms.some((form) => one.includes(form)))).toEqual([]);
});
