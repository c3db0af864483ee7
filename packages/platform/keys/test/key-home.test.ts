// The home of receipt keys: what lies where, what is refused by which name, and that nothing private leaves it.
import { spawnSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { nodeCrypto } from "@ces/crypto-node";
import { encodeHex, utf8Encode } from "@ces/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askSigner, signingProgram } from "../src/home/external-signer.ts";
import { isKeyName, openKeyHome } from "../src/home/key-home.ts";
import { heldKey, madeKey, takenKey } from "../src/home/new-key.ts";
import { readKeyFile } from "../src/home/open-key-file.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), "ces-home-"));
  folder = join(root, "receipt-keys");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const NOW = "2026-07-15T12:00:00.000Z";
const LATER = "2026-07-16T12:00:00.000Z";
const MESSAGE = utf8Encode("a message");
const when = { now: NOW, valid_from: NOW };
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};
const file = (name: string) => join(folder, name);
const signs = (key: { public_key: Uint8Array; sign: (message: Uint8Array) => Uint8Array }): boolean =>
  nodeCrypto.ed25519Verify(key.public_key, MESSAGE, key.sign(MESSAGE));

describe("a key of the home", () => {
  it("is made 0600 in a folder 0700, as PKCS#8 that OpenSSL reads, and signs", () => {
    const home = openKeyHome(folder);
    const { keys } = home.add("operator", madeKey(), when);
    expect(home.names()).toEqual(["operator"]);
    expect(readdirSync(folder).toSorted()).toEqual([".lock", "operator-0001.pem", "operator.json"]);
    expect(
      [folder, file("operator-0001.pem"), file("operator.json")].map((path) => statSync(path).mode & 0o777),
    ).toEqual([0o700, 0o600, 0o600]);
    const opened = home.open("operator");
    expect([signs(opened), opened.place, encodeHex(opened.public_key)]).toEqual([true, "process", keys[0]?.public_key]);
    const openssl = spawnSync("openssl", ["pkey", "-in", file("operator-0001.pem"), "-pubout", "-outform", "DER"]);
    expect(openssl.stdout.subarray(-32).toString("hex")).toBe(keys[0]?.public_key);
  });

  it("under a passphrase is derived by scrypt, read by OpenSSL, and opened by nothing else", () => {
    const home = openKeyHome(folder);
    const { keys } = home.add("operator", madeKey("correct horse"), when);
    expect(keys[0]?.form).toBe("locked");
    const pem = file("operator-0001.pem");
    expect(readFileSync(pem, "utf8")).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    const parsed = spawnSync("openssl", ["asn1parse", "-in", pem], { encoding: "utf8" }).stdout;
    expect([parsed.includes("scrypt"), parsed.includes("aes-256-cbc")]).toEqual([true, true]);
    const openssl = spawnSync("openssl", [
      "pkey",
      "-in",
      pem,
      "-passin",
      "pass:correct horse",
      "-pubout",
      "-outform",
      "DER",
    ]);
    expect(openssl.stdout.subarray(-32).toString("hex")).toBe(keys[0]?.public_key);
    expect(signs(home.open("operator", "correct horse"))).toBe(true);
    expect(codeOf(() => home.open("operator"))).toBe("KEY_LOCKED");
    for (let i = 0; i < 20; i += 1) expect(codeOf(() => home.open("operator", `wrong ${i}`))).toBe("KEY_PASSPHRASE");
  });

  it("is not made twice, nor under a name that could be a path", () => {
    const home = openKeyHome(folder);
    home.add("operator", madeKey(), when);
    const before = readFileSync(file("operator-0001.pem"));
    expect(codeOf(() => home.add("operator", madeKey(), when))).toBe("KEY_EXISTS");
    expect(readFileSync(file("operator-0001.pem"))).toEqual(before);
    for (const name of ["", "a.pem", "../x", "a/b", "-a", "a".repeat(65), "ä"]) {
      expect(isKeyName(name)).toBe(false);
      expect(codeOf(() => home.add(name, madeKey(), when))).toBe("KEY_NAME");
    }
    expect(codeOf(() => home.open("nobody"))).toBe("KEY_MISSING");
    expect(openKeyHome(join(root, "none")).names()).toEqual([]);
  });

  it("never writes over a private half that belongs to no record", () => {
    const home = openKeyHome(folder);
    home.add("operator", madeKey(), when);
    const half = readFileSync(file("operator-0001.pem"));
    rmSync(file("operator.json"));
    home.add("operator", madeKey(), when);
    expect(readFileSync(file("operator-0001.pem"))).toEqual(half);
    expect(signs(home.open("operator"))).toBe(true);
  });
});

describe("a key file is refused by the name of its fault", () => {
  const pemOf = (type: "rsa" | "ec" | "ed448" | "x25519" | "ed25519") => {
    const options = { modulusLength: 2048, namedCurve: "P-256" };
    const { privateKey, publicKey } = generateKeyPairSync(type as "rsa", options);
    return {
      pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      spki: publicKey.export({ type: "spki", format: "pem" }).toString(),
    };
  };
  const locked = () =>
    generateKeyPairSync("ed25519")
      .privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
      .toString();
  const good = () => pemOf("ed25519").pem;
  const body = (pem: string): Buffer => Buffer.from(pem.split("\n").slice(1, -2).join(""), "base64");
  const armour = (der: Buffer, label = "PRIVATE KEY") =>
    `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`;

  it.each<readonly [string, () => string, string | undefined, unknown]>([
    ["good", good, undefined, undefined],
    ["good, with carriage returns", () => good().replaceAll("\n", "\r\n"), undefined, undefined],
    ["locked, as node or OpenSSL lock it", locked, "x", undefined],
    ["no text", () => "", undefined, "KEY_DAMAGED"],
    ["random bytes", () => "\0\u0001\u0002".repeat(40), undefined, "KEY_DAMAGED"],
    ["a letter that is no base64", () => good().replace(/\n.{5}/, "\n!!!!!"), undefined, "KEY_DAMAGED"],
    ["bytes that are no DER", () => armour(Buffer.alloc(48, 7)), undefined, "KEY_DAMAGED"],
    ["a changed version", () => armour(Buffer.concat([body(good()).fill(9, 4, 5)])), undefined, "KEY_DAMAGED"],
    ["more behind it", () => armour(Buffer.concat([body(good()), Buffer.alloc(3)])), undefined, "KEY_DAMAGED"],
    ["without its end", () => good().split("-----END")[0] ?? "", undefined, "KEY_TRUNCATED"],
    ["half of its bytes", () => armour(body(good()).subarray(0, 24)), undefined, "KEY_TRUNCATED"],
    ["half, locked", () => armour(body(locked()).subarray(0, 60), "ENCRYPTED PRIVATE KEY"), "x", "KEY_TRUNCATED"],
    ["a public key", () => pemOf("ed25519").spki, undefined, "KEY_TYPE"],
    ["an OpenSSH key", () => armour(Buffer.alloc(60), "OPENSSH PRIVATE KEY"), undefined, "KEY_TYPE"],
    ["RSA", () => pemOf("rsa").pem, undefined, "KEY_TYPE"],
    ["P-256", () => pemOf("ec").pem, undefined, "KEY_CURVE"],
    ["Ed448", () => pemOf("ed448").pem, undefined, "KEY_CURVE"],
    ["X25519", () => pemOf("x25519").pem, undefined, "KEY_CURVE"],
    ["no passphrase", locked, undefined, "KEY_LOCKED"],
    ["another passphrase", locked, "y", "KEY_PASSPHRASE"],
  ])("%s", (_, text, passphrase, code) => {
    const path = join(root, "key.pem");
    writeFileSync(path, text(), { mode: 0o600 });
    expect(codeOf(() => readKeyFile(path).open(passphrase))).toBe(code);
  });

  it.each<readonly [string, (path: string) => void, string]>([
    ["others may read it", (path) => chmodSync(path, 0o644), "KEY_EXPOSED"],
    ["the group may read it", (path) => chmodSync(path, 0o640), "KEY_EXPOSED"],
    ["it has a second name", (path) => linkSync(path, `${path}2`), "KEY_EXPOSED"],
    [
      "it is a link",
      (path) => (linkSync(path, `${path}3`), rmSync(path), symlinkSync(`${path}3`, path)),
      "KEY_EXPOSED",
    ],
    ["it is a folder", (path) => (rmSync(path), mkdirSync(path)), "KEY_EXPOSED"],
    ["it is not there", (path) => rmSync(path), "KEY_MISSING"],
  ])("%s", (_, harm, code) => {
    const path = join(root, "key.pem");
    writeFileSync(path, good(), { mode: 0o600 });
    harm(path);
    expect(codeOf(() => readKeyFile(path))).toBe(code);
  });
});

describe("a home that is not the user's alone", () => {
  it.each<readonly [string, () => void]>([
    ["the folder is open to others", () => chmodSync(folder, 0o755)],
    [
      "the folder is a link",
      () => (
        mkdirSync(join(root, "elsewhere"), { mode: 0o700 }),
        rmSync(folder, { recursive: true }),
        symlinkSync(join(root, "elsewhere"), folder)
      ),
    ],
    ["the private half can be read by others", () => chmodSync(file("operator-0001.pem"), 0o644)],
    [
      "the private half is a link",
      () => (
        writeFileSync(join(root, "x"), readFileSync(file("operator-0001.pem")), { mode: 0o600 }),
        rmSync(file("operator-0001.pem")),
        symlinkSync(join(root, "x"), file("operator-0001.pem"))
      ),
    ],
    ["the record can be read by others", () => chmodSync(file("operator.json"), 0o644)],
    ["the folder lies in a repository", () => mkdirSync(join(root, ".git"))],
  ])("%s", (_, harm) => {
    const home = openKeyHome(folder);
    home.add("operator", madeKey(), when);
    harm();
    expect(codeOf(() => home.open("operator"))).toBe("KEY_EXPOSED");
  });

  it("a half or a record of another is no key", () => {
    const home = openKeyHome(folder);
    home.add("operator", madeKey(), when);
    home.add("other", madeKey(), when);
    writeFileSync(file("operator-0001.pem"), readFileSync(file("other-0001.pem")));
    expect(codeOf(() => home.open("operator"))).toBe("KEY_DAMAGED");
    writeFileSync(file("other.json"), "{}");
    expect(codeOf(() => home.open("other"))).toBe("KEY_DAMAGED");
  });
});

describe("rotation", () => {
  const begun = (passphrase?: string) => {
    const home = openKeyHome(folder);
    home.add("operator", madeKey(), when);
    const record = home.alone(() =>
      home.begin("operator", madeKey(passphrase), { now: LATER, chains: [], reason: "scheduled" }),
    );
    return { home, record, old: record.keys[0]?.public_key, next: record.rotation?.next.public_key };
  };

  it("until it is committed the old key is the current one", () => {
    const { home, old } = begun();
    expect(encodeHex(openKeyHome(folder).open("operator").public_key)).toBe(old);
    expect(home.find("operator")?.keys).toHaveLength(1);
  });

  it("from then on the new one is, and the old private half is gone", () => {
    const { home, old, next } = begun();
    home.alone(() => home.commit("operator", { from: LATER, until: LATER }));
    expect(home.find("operator")?.keys).toMatchObject([
      { public_key: old, valid_from: NOW, valid_until: LATER, revoked_at: null },
      { public_key: next, valid_from: LATER, valid_until: null },
    ]);
    expect(encodeHex(home.open("operator").public_key)).toBe(next);
    expect(readdirSync(folder).toSorted()).toEqual([".lock", "operator-0002.pem", "operator.json"]);
  });

  it("dropped, everything is as before", () => {
    const { home, old } = begun();
    home.alone(() => home.drop("operator"));
    expect(home.find("operator")).toMatchObject({ rotation: null, keys: [{ public_key: old, valid_until: null }] });
    expect(readdirSync(folder).toSorted()).toEqual([".lock", "operator-0001.pem", "operator.json"]);
  });

  it("an old half that a killed command left goes with the next rotation", () => {
    const { home } = begun();
    const half = readFileSync(file("operator-0001.pem"));
    home.alone(() => home.commit("operator", { from: LATER, until: LATER }));
    writeFileSync(file("operator-0001.pem"), half, { mode: 0o600 });
    home.alone(() => home.begin("operator", madeKey(), { now: LATER, chains: [], reason: "compromised" }));
    expect(readdirSync(folder)).not.toContain("operator-0001.pem");
    expect(home.alone(() => home.commit("operator", { from: LATER, until: LATER })).keys[1]?.revoked_at).toBe(LATER);
    expect(home.open("operator").place).toBe("process");
  });
});

describe("a program that holds the key", () => {
  const seed = new Uint8Array(32).fill(5);
  const public_key = nodeCrypto.ed25519PublicKey(seed);
  const program = (script: string, mode = 0o700): string => {
    const path = join(root, "signer");
    writeFileSync(path, `#!${process.execPath}\n${script}`);
    chmodSync(path, mode);
    return path;
  };
  const honest = (answer: string) => `
    const { createPrivateKey, sign } = require("node:crypto");
    const bytes = require("node:fs").readFileSync(0);
    const key = createPrivateKey({ key: Buffer.from("302e020100300506032b657004220420${"05".repeat(32)}", "hex"), format: "der", type: "pkcs8" });
    const signature = sign(null, bytes, key);
    ${answer}`;

  it.each([
    "process.stdout.write(signature)",
    'console.log(signature.toString("hex"))',
    'console.log(signature.toString("hex").toUpperCase())',
  ])("answers with %s", (answer) => {
    const home = openKeyHome(folder);
    home.add("kms", heldKey(public_key, signingProgram(program(honest(answer)), [], [])), when);
    const opened = home.open("kms");
    expect([signs(opened), opened.place]).toEqual([true, undefined]);
    expect(readdirSync(folder).toSorted()).toEqual([".lock", "kms.json"]);
  });

  it("gets an empty environment, its own words, and the folder of nobody", () => {
    const path = program(
      honest(
        `require("node:fs").writeFileSync(${JSON.stringify(join(root, "saw"))}, JSON.stringify([process.env, process.argv.slice(2), process.cwd()])); process.stdout.write(signature)`,
      ),
    );
    heldKey(public_key, signingProgram(path, ["--slot", "3"], []));
    expect(JSON.parse(readFileSync(join(root, "saw"), "utf8"))).toEqual([{}, ["--slot", "3"], "/"]);
  });

  it.each([
    [
      "a signature under another key",
      honest("signature[0] ^= 1; process.stdout.write(signature)"),
      "does not sign with this key",
    ],
    ["nothing", "", "answers neither"],
    ["too little", 'process.stdout.write("ab")', "answers neither"],
    ["too much", 'process.stdout.write("a".repeat(1e6))', "answers more than 4096 bytes"],
    ["a failure", "process.exit(3)", "ends with 3"],
  ])("that answers %s is not taken", (_, script, says) => {
    const held = signingProgram(program(script), [], []);
    expect(() => heldKey(public_key, held)).toThrow(says);
    expect(codeOf(() => heldKey(public_key, held))).toBe("KEY_SIGNER");
  });

  it("that takes too long is ended", () => {
    const held = signingProgram(program("setTimeout(() => 1, 60_000)"), [], []);
    const begin = performance.now();
    expect(() => askSigner(held, MESSAGE, { timeout_ms: 400, most_bytes: 100 })).toThrow("takes longer than 0.4 s");
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it("that is no safe program is refused, when it is named and at every call", () => {
    const path = program(honest("process.stdout.write(signature)"));
    expect(codeOf(() => signingProgram("signer", [], []))).toBe("KEY_PROGRAM");
    expect(codeOf(() => signingProgram(join(root, "none"), [], []))).toBe("KEY_PROGRAM");
    expect(() => signingProgram(path, [], [root])).toThrow("inside the project");
    const held = signingProgram(path, [], []);
    chmodSync(path, 0o722);
    expect(() => askSigner(held, MESSAGE)).toThrow("written");
    chmodSync(path, 0o600);
    expect(() => askSigner(held, MESSAGE)).toThrow("not executable");
    chmodSync(path, 0o700);
    mkdirSync(join(root, ".git"));
    expect(() => askSigner(held, MESSAGE)).toThrow("inside the repository");
  });
});

it("no private byte is in an object, an error or a file but the key's", () => {
  const home = openKeyHome(folder);
  const seed = Buffer.from(Array.from({ length: 32 }, (_, i) => 0xa0 + i));
  const pem = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  })
    .export({ type: "pkcs8", format: "pem" })
    .toString();
  const key = takenKey(pem, "the key", undefined);
  const shown = [key, home.add("operator", key, when), home.open("operator"), home]
    .map((value) => inspect(value, { depth: 9, showHidden: true }) + JSON.stringify(value))
    .join("\n");
  const faults = [pem.slice(0, -40), pem.replace("MC4C", "MC4D"), pem.replace("PRIVATE", "EC PRIVATE")].map((text) => {
    try {
      return String(takenKey(text, "the key"));
    } catch (error) {
      return inspect(error, { depth: 9, showHidden: true });
    }
  });
  const others = readFileSync(file("operator.json"), "utf8");
  // The PEM's own spelling: the seed begins behind 21 letters.
  const body = pem.split("\n")[1] ?? "";
  const letters = Array.from({ length: body.length - 22 - 16 }, (_, at) => body.slice(22 + at, 22 + at + 16));
  for (const form of [seed.toString("hex").slice(0, 24), seed.toString("base64").slice(0, 16), ...letters])
    expect([shown, ...faults, others].filter((text) => text.includes(form))).toEqual([]);
});
