// Which names stand for a secret: `apiKey`, `DB_PASSWORD`, `x-auth-token` do; `monkey`, `primary_key`, `max_tokens`, `token_count` do not.

// Words that name a secret by themselves when they come last, and pairs that do (`key` alone names half of every schema).
const LAST = new Set(
  "password passwd passphrase passcode pwd secret secrets token credential credentials apikey authorization cookie authtoken accesskey secretkey privatekey".split(
    " ",
  ),
);
const BEFORE_KEY = new Set(
  "api access secret private signing signature encryption auth master session hmac deploy service account ssh gpg shared crypto jwt admin root".split(
    " ",
  ),
);
// Words that may follow without making it harmless: DB_PASSWORD_HASH, SECRET_KEY_BASE, tokenValue, client_secret_b64.
const TRAILING = new Set(
  "value text string hash base raw b64 base64 hex plain plaintext encoded id_rsa pem".split(" "),
);
// `csrf token`-like names and lexer vocabulary that would drown the rest.
const HARMLESS_BEFORE = new Set(
  "next prev previous current start end last first peek lexer csrf syntax cancellation design public type".split(" "),
);

/** True when the value under this name is to be treated as a secret. Case, camelCase and separators do not matter. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  while (words.length > 1 && isTrailing(words[words.length - 1])) words.pop();
  const last = words[words.length - 1] ?? "";
  const before = words[words.length - 2] ?? "";
  if (last === "key" || last === "keys") return BEFORE_KEY.has(before);
  return LAST.has(last) && !HARMLESS_BEFORE.has(before);
}

function isTrailing(word: string | undefined): boolean {
  return word !== undefined && (TRAILING.has(word) || /^\d+$/.test(word));
}

function wordsOf(name: string): string[] {
  const spaced = name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/([A-Za-z])(\d+)$/, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
