// Redaction in both directions: what must go, and what must stay (spec/ces §11.6 and its known faults).

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSecrets } from "../src/find-secrets.ts";
import type { Json } from "../src/json.ts";
import { redact, redactText } from "../src/redact.ts";
import { isSecretName } from "../src/secret-name.ts";
import { secretPatterns } from "../src/secret-patterns.ts";
import { shannonEntropy } from "../src/shannon-entropy.ts";
import { jsonValues } from "./json-values.ts";

const A = "a1B2c3D4e5F6g7H8i9J0";

test.each(secretPatterns.map((pattern) => [pattern.id, pattern] as const))(
  "the pattern %s finds its example, between other words",
  (id, { example }) => {
    const text = `see ${example} here`;
    expect(findSecrets(text).map((finding) => finding.id)).toContain(id);
    expect(redactText(text)).toContain(`[redacted:${id}]`);
    expect(redactText(text)).toMatch(/^see .* here$/s);
  },
);

test("no pattern matches a text that holds none of its literals", () => {
  const parts = secretPatterns.flatMap(({ example, holds }) => [...holds.split(" "), example, example.slice(3), " "]);
  const pieces = fc.oneof(fc.constantFrom(...parts), fc.stringMatching(/^[A-Za-z0-9_.:/@-]{0,24}$/));
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (words) => {
      const text = words.join("");
      for (const { re, holds } of secretPatterns)
        for (const [match] of text.matchAll(re))
          expect(holds.split(" ").some((literal) => match.includes(literal))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["Authorization: Bearer abc.def-123", "abc.def-123"],
  ["curl -H 'Authorization: Bearer abcdefgh1'", "abcdefgh1"],
  ["Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"],
  [`AIzaSy${A}${A}`, A],
  [`hf_${A}`, A],
  [`npm_${A}${A}`, A],
  [`//registry.npmjs.org/:_authToken=${A}`, A],
  [`sk-${A}${A}`, A],
  [`sk-proj-${A}-${A}`, A],
  [`sk-ant-api03-${A}_${A}`, A],
  [`sk_live_${A}`, A],
  [`ghp_${A}${A}`, A],
  [`gho_${A}${A}`, A],
  [`ghs_${A}${A}`, A],
  [`github_pat_${A}_${A}`, A],
  [`glpat-${A}`, A],
  ["AKIAIOSFODNN7EXAMPLE", "AKIA"],
  [`xoxp-1234567890-${A}`, A],
  [`xapp-1-${A}`, A],
  ["postgres://app:hunter2@db/app", "hunter2"],
  ["https://user:p%40ss:w@host/x", "p%40ss:w"],
  ["PASSWORD=hunter2", "hunter2"],
  ["export DB_PASSWORD='hunter two'", "hunter two"],
  ["password: hunter2", "hunter2"],
  ['{"password": "hun\\"ter2"}', "ter2"],
  ['{"apiKey":"hunter2"}', "hunter2"],
  ['"{\\"client_secret\\": \\"hunter2\\"}"', "hunter2"],
  ["{'secret': 'hunter2'}", "hunter2"],
  ["--password hunter2", "hunter2"],
  ["--api-key=hunter2", "hunter2"],
  ["aws_secret_access_key = hunter2/abc", "hunter2"],
  ["const dbPassword = `hunter2`;", "hunter2"],
  ["config['secret'] = 'hunter2'", "hunter2"],
  ["X-Api-Key: hunter2", "hunter2"],
  ['password="hunter2', "hunter2"],
  ["SECRET_KEY_BASE=hunter2", "hunter2"],
  ["a=1&access_token=hunter2&b=2", "hunter2"],
  [`-----BEGIN ${"RSA PRIVATE"} KEY-----\nhunter2\nhunter2`, "hunter2"],
])("%s loses its secret", (text, secret) => {
  expect(redactText(text)).not.toContain(secret);
  expect(redactText(text)).toContain("[redacted:");
});

test.each([
  "monkey=banana123",
  "primary_key: user_id",
  "foreignKey = orders.id",
  "public_key: d75a980182b10ab7",
  "key: value1",
  "keyboard=qwerty1",
  "max_tokens=4096",
  "tokens: 1200",
  "token_count: 5",
  "const token = nextToken();",
  "const token = lexer.next(source)",
  "password: string",
  "password?: string;",
  "let secret: Uint8Array",
  "apiKey: process.env.API_KEY",
  "token = os.environ['TOKEN']",
  "TOKEN=$TOKEN",
  "TOKEN=${TOKEN}",
  "password = <your password>",
  "password=********",
  "if (password === other) {",
  "passwords must match",
  "secretary: Jane1",
  "tokenizer=bpe1",
  "author: Jane1",
  "The bearer of this letter, Bearer of news",
  "Basic understanding: required",
  "https://example.com:8080/a@b",
  "git@github.com:owner/repo.git",
  "time 12:30@noon",
  "sk-learn and sk-something-rather-long-in-words",
  "d63e387f0a8b3c4d5e6f708192a3b4c5d6e7f809",
  "sha512-oG8lYcLkXHh1yZ3bqk0Q==",
  "import { token } from './token.ts'",
  "desk-1234567890123456789",
])("%s stays as it is", (text) => {
  expect(redactText(text)).toBe(text);
});

describe("names", () => {
  test.each([
    "password",
    "DB_PASSWORD",
    "dbPassword",
    "api_key",
    "apiKey",
    "APIKey",
    "x-api-key",
    "client_secret",
    "accessToken",
    "GITHUB_TOKEN",
    "token2",
    "private_key",
    "AWS_SECRET_ACCESS_KEY",
    "passwordHash",
    "Authorization",
    "Set-Cookie",
    "CES_AUDIT_HMAC_SECRET",
    "ANTHROPIC_API_KEY",
    "ssh_key",
    "credentials",
    "_authToken",
  ])("%s names a secret", (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  test.each([
    "monkey",
    "primary_key",
    "foreignKey",
    "public_key",
    "key",
    "keys",
    "key_id",
    "token_count",
    "max_tokens",
    "tokens",
    "tokenizer",
    "input_tokens",
    "password_policy",
    "secret_name",
    "author",
    "keyboard",
    "cacheKey",
    "nextToken",
    "",
    "__proto__",
  ])("%j does not", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test("values are redacted as values: shape, numbers and flags stay", () => {
  const value: Json = {
    argv: ["curl", "-H", "Authorization: Bearer abc.def-123"],
    env: { API_KEY: "x", PATH: "/bin", EMPTY_SECRET: "" },
    token: 5,
    password: null,
    credentials: { user: "ada", parts: ["b", true] },
    input_tokens: 1200,
    stdout: 'login {"password":"hunter2"}\n',
  };
  expect(redact(value)).toEqual({
    argv: ["curl", "-H", "Authorization: Bearer [redacted:bearer]"],
    env: { API_KEY: "[redacted:name]", PATH: "/bin", EMPTY_SECRET: "" },
    token: 5,
    password: null,
    credentials: { user: "[redacted:name]", parts: ["[redacted:name]", true] },
    input_tokens: 1200,
    stdout: 'login {"password":"[redacted:assignment]"}\n',
  });
});

const pieces = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(...secretPatterns.map(({ example }) => example)),
  fc.constantFrom(
    "password",
    "=",
    ": ",
    '"',
    "'",
    "\\",
    "\n",
    "--token ",
    "Bearer ",
    "Basic ",
    "://u:",
    "@",
    "hunter2",
    "[redacted:",
    "]",
    "[redacted:name]",
    "eyJ",
    ".",
    "${",
    "}",
    "sk-",
    "-----BEGIN PRIVATE KEY-----",
    "authorization: ",
  ),
);
const texts = fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join(""));

describe("properties", () => {
  test("redacting twice is redacting once, for texts", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(redactText(redactText(text))).toBe(redactText(text));
      }),
      { numRuns: 5000 },
    );
  });

  test("redacting twice is redacting once, for values", () => {
    const values = fc.oneof(
      jsonValues,
      fc.dictionary(
        fc.constantFrom("password", "a", "ghp_" + A, "token"),
        fc.oneof(texts, jsonValues),
      ) as fc.Arbitrary<Json>,
    );
    fc.assert(
      fc.property(values, (value) => {
        expect(redact(redact(value))).toEqual(redact(value));
      }),
    );
  });

  test("the result is still JSON of the same shape", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(kinds(redact(value))).toEqual(kinds(value));
      }),
    );
  });

  test("two secrets as member names stay two members", () => {
    expect(Object.keys(redact({ [`ghp_${A}1`]: 1, [`ghp_${A}2`]: 2 }) ?? {})).toEqual([
      "[redacted:github-token]",
      "[redacted:github-token]#2",
    ]);
  });

  test("a planted secret goes, whatever stands around it", () => {
    const around = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(redactText(`${before} ghp_${A}${A} ${after}`)).not.toContain(A);
      }),
    );
  });
});

function kinds(value: Json): unknown {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Array.isArray(value) ? value.map(kinds) : Object.values(value).map(kinds);
}

test("hostile megabytes are answered in one pass", () => {
  const n = 300_000;
  const units = [
    "a",
    "a=",
    "password=",
    'password="',
    "'",
    "\\",
    "://",
    "://a:",
    "eyJ",
    "eyJa.",
    "eyJaaaaaaaa.eyJ",
    "sk-",
    "sk-1",
    "Bearer ",
    "Bearer a",
    "Authorization: Basic ",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN ",
    "A",
    "AKIA",
    "gh",
    "x ",
    "--token ",
    "_",
    "-",
    ".",
    "A B ",
  ];
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(n / unit.length));
    expect(redactText(text).length).toBeGreaterThan(0);
  }
});

test("entropy is bits per character", () => {
  expect([shannonEntropy(""), shannonEntropy("aaaa"), shannonEntropy("abab"), shannonEntropy("abcdefgh")]).toEqual([
    0, 0, 1, 3,
  ]);
});
