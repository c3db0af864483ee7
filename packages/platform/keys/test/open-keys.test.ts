import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createHmac } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { nodeCrypto } from "@ces/crypto-node";
import { decodeBase64, utf8Encode } from "@ces/kernel";
import { macKey } from "@ces/ledger";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openIdentities, verifyIdentity } from "../src/identities.ts";
import { nativeMacKey } from "../src/native-mac-key.ts";
import { openKeys } from "../src/open-keys.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const key = (name: string) => join(folder, "keys", name);
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};
const MESSAGE = utf8Encode("a message");

describe("openKeys", () => {
  it("makes the keys once, 0600 in a 0700 folder", () => {
    const first = openKeys(folder);
    const again = openKeys(folder);
    expect(again.signer.key_id).toBe(first.signer.key_id);
    expect(again.ledger.first.fingerprint).toBe(first.ledger.first.fingerprint);
    expect(readdirSync(join(folder, "keys")).sort()).toEqual(["ledger-0001.key", "project.key", "receipts-0001.key"]);
    for (const name of ["ledger-0001.key", "project.key", "receipts-0001.key"])
      expect(statSync(key(name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
  });

  it("signs what its ring verifies, as the Crypto port would", () => {
    const { signer, ring } = openKeys(folder);
    const signed = signer.sign(MESSAGE);
    expect(signed).toEqual({
      key_id: signer.key_id,
      signature: Buffer.from(nodeCrypto.ed25519Sign(readFileSync(key("project.key")), MESSAGE)).toString("base64"),
    });
    expect(nodeCrypto.ed25519Verify(ring.publicKey(signed.key_id)!, MESSAGE, decodeBase64(signed.signature)!)).toBe(
      true,
    );
    expect(ring.publicKey("0".repeat(32))).toBeUndefined();
  });

  it("makes the ledger's next key beside the old one", () => {
    const { ledger } = openKeys(folder);
    const next = ledger.makeNext();
    expect(next.fingerprint).not.toBe(ledger.first.fingerprint);
    const again = openKeys(folder).ledger;
    expect(again.first.fingerprint).toBe(next.fingerprint);
    expect(again.key(ledger.first.fingerprint)?.mac("x")).toBe(ledger.first.mac("x"));
  });

  it("takes the override as it is, and makes no other key for it", () => {
    const secret = "0123456789abcdef0123456789abcdef";
    const { ledger } = openKeys(folder, { hmac_secret: secret });
    expect(ledger.override).toBe(ledger.first.fingerprint);
    expect(ledger.first.mac("x")).toBe(nativeMacKey(utf8Encode(secret)).mac("x"));
    expect(readdirSync(join(folder, "keys"))).toEqual(["project.key", "receipts-0001.key"]);
    expect(codeOf(() => openKeys(folder, { hmac_secret: secret.slice(1) }))).toBe("KEY_TOO_SHORT");
    expect(openKeys(folder, { hmac_secret: "" }).ledger.override).toBeNull();
  });

  it("seals exactly like the pure key and like HMAC-SHA256", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 150 }),
        fc.string({ unit: "binary", maxLength: 300 }),
        (bytes, text) => {
          const [native, pure] = [nativeMacKey(bytes), macKey(nodeCrypto, bytes)];
          expect(native.fingerprint).toBe(pure.fingerprint);
          expect(native.mac(text)).toBe(pure.mac(text));
          expect(native.mac(text)).toBe(createHmac("sha256", bytes).update(text, "utf8").digest("hex"));
        },
      ),
    );
  });

  it.each([
    ["readable by others", "STATE_UNSAFE", () => chmodSync(key("project.key"), 0o640)],
    ["with a second name", "STATE_UNSAFE", () => linkSync(key("project.key"), join(folder, "copy"))],
    [
      "behind a link",
      "STATE_UNSAFE",
      () => {
        writeFileSync(join(folder, "other"), new Uint8Array(32), { mode: 0o600 });
        rmSync(key("project.key"));
        symlinkSync(join(folder, "other"), key("project.key"));
      },
    ],
    ["cut short", "KEY_DAMAGED", () => writeFileSync(key("project.key"), "short")],
    ["in a folder open to others", "STATE_UNSAFE", () => chmodSync(join(folder, "keys"), 0o711)],
  ])("refuses a key %s", (_name, code, spoil) => {
    openKeys(folder);
    spoil();
    expect(codeOf(() => openKeys(folder))).toBe(code);
  });

  it("never shows a private byte", () => {
    const keys = openKeys(folder, { hmac_secret: "CANARY-CANARY-CANARY-CANARY-CANARY" });
    const people = openIdentities(join(folder, "people"));
    people.make("ada");
    const errors = [
      codeOf(() => openKeys(folder, { hmac_secret: "CANARY-short" })),
      keys.ledger.makeNext(),
      people.signer("ada")?.sign(MESSAGE),
    ];
    const shown = [keys, people, people.signer("ada"), errors]
      .flatMap((value) => [JSON.stringify(value), inspect(value, { depth: 9, showHidden: true })])
      .join("\n");
    const secrets = ["keys/project.key", "keys/ledger-0001.key", "people/ada.key"].map((name) =>
      readFileSync(join(folder, name)),
    );
    for (const secret of secrets)
      for (const encoding of ["hex", "base64", "base64url", "latin1"] as const)
        expect(shown).not.toContain(secret.toString(encoding));
    expect(shown).not.toContain("CANARY");
  });
});

describe("identities", () => {
  it("prove that this person signed this message", () => {
    const people = openIdentities(join(folder, "people"));
    const public_key = people.make("ada");
    const signed = people.signer("ada")!.sign(MESSAGE);
    expect(verifyIdentity({ public_key }, MESSAGE, signed)).toBe(true);
    expect(verifyIdentity({ public_key }, utf8Encode("another"), signed)).toBe(false);
    expect(verifyIdentity({ public_key: people.make("bob") }, MESSAGE, signed)).toBe(false);
    expect(verifyIdentity({ public_key }, MESSAGE, { ...signed, key_id: "x" })).toBe(false);
    expect(verifyIdentity({ public_key: "" }, MESSAGE, signed)).toBe(false);
    expect(verifyIdentity({ public_key }, MESSAGE, { ...signed, signature: "!" })).toBe(false);
  });

  it("are made once, under names that are names", () => {
    const people = openIdentities(join(folder, "people"));
    people.make("ada");
    expect(codeOf(() => people.make("ada"))).toBe("IDENTITY_EXISTS");
    expect(people.signer("eve")).toBeUndefined();
    for (const name of ["../ada", "", ".hidden", "a/b", "x".repeat(65), "a\0"])
      expect(codeOf(() => people.make(name))).toBe("IDENTITY_NAME");
  });
});

describe("receipt keys of a project", () => {
  it("keep of an epoch that signs no more its public half alone", () => {
    const { receipts } = openKeys(folder);
    const [first] = receipts.epochs();
    const next = receipts.makeNext();
    receipts.retireBefore(next.public_key);
    expect(readdirSync(join(folder, "keys")).filter((name) => name.startsWith("receipts"))).toEqual([
      "receipts-0001.pub",
      "receipts-0002.key",
    ]);
    const [old, current] = openKeys(folder).receipts.epochs();
    expect(old).toEqual({ public_key: first?.public_key, signer: null });
    expect(current?.signer?.public_key).toEqual(next.public_key);
    receipts.retireBefore(new Uint8Array(32));
    expect(openKeys(folder).receipts.epochs()).toHaveLength(2);
  });

  it("killed between the halves, the public one counts", () => {
    const { receipts } = openKeys(folder);
    const [first] = receipts.epochs();
    writeFileSync(join(folder, "keys", "receipts-0001.pub"), first?.public_key ?? "", { mode: 0o600 });
    expect(openKeys(folder).receipts.epochs()).toEqual([{ public_key: first?.public_key, signer: null }]);
  });
});
