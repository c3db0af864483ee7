// Hashes commit to a domain and a value, and to nothing else.

import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalize } from "../src/canonicalize.ts";
import { hashJson, sha256Hex } from "../src/hash-json.ts";
import { nobleCrypto } from "../src/noble-crypto.ts";
import { jsonValues } from "./json-values.ts";

test("is SHA-256 of domain, NUL and canonical bytes", () => {
  const expected = createHash("sha256").update('ces.manifest/v1\0{"a":"é","b":1}').digest("hex");
  expect(hashJson(nobleCrypto, "ces.manifest/v1", { b: 1, a: "é" })).toBe(expected);
  expect(sha256Hex(nobleCrypto, "abc")).toBe(sha256Hex(nobleCrypto, Uint8Array.of(97, 98, 99)));
});

test("differs whenever domain or value differ", () => {
  const domains = fc.string({ minLength: 1, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(domains, domains, jsonValues, jsonValues, (d1, d2, v1, v2) => {
      const same = d1 === d2 && canonicalize(v1, "rfc8785") === canonicalize(v2, "rfc8785");
      expect(hashJson(nobleCrypto, d1, v1) === hashJson(nobleCrypto, d2, v2)).toBe(same);
    }),
  );
});

test.each(["", "a\0b"])("refuses the domain %j", (domain) => {
  expect(() => hashJson(nobleCrypto, domain, 1)).toThrow(expect.objectContaining({ code: "HASH_DOMAIN" }));
});
