// What secrets look like by themselves, as data: redaction and the secret-scan sensor read the same list (spec/ces §11.6).
// SECURITY: attacker-controlled text must cost linear time: each `re` starts at a literal or behind a look-behind, look-aheads are
// bounded, and a repeat without a bound ends the match, so that it consumes what it read. The tests fuzz this.

/** One kind of secret. */
export type SecretPattern = {
  /** Stable name, shown as `[redacted:<id>]`. */
  readonly id: string;
  /** What it is, in words. */
  readonly summary: string;
  /** Global; the named group `secret` is what must go, else the whole match. */
  readonly re: RegExp;
  /** A text that matches. */
  readonly example: string;
};

const START = String.raw`(?<![A-Za-z0-9_])`;

function token(id: string, summary: string, body: string, example: string): SecretPattern {
  return { id, summary, re: new RegExp(START + body, "g"), example };
}

/** Secrets that are recognisable without their name. Order is precedence where matches overlap. */
export const secretPatterns: readonly SecretPattern[] = [
  {
    id: "private-key",
    summary: "PEM private key block, also cut off",
    re: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----(?:BEGIN|END))[^]){0,16384}(?:-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----)?/g,
    example: `-----BEGIN ${"PRIVATE"} KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ${"PRIVATE"} KEY-----`,
  },
  {
    id: "url-credentials",
    summary: "password in a URL",
    re: /:\/\/[^\s/:@?#"'<>[\]]{0,128}:(?!\[redacted:)(?<secret>[^\s/@"'<>]{1,256})@/g,
    example: "postgres://app:hunter2@db.example/app",
  },
  token(
    "jwt",
    "JSON web token",
    String.raw`eyJ[A-Za-z0-9_-]{8,1024}\.eyJ[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,2048}){0,3}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${"c2lnbmF0dXJl"}`,
  ),
  token(
    "github-token",
    "GitHub token",
    String.raw`(?:gh[opsur]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})`,
    `ghp_${"a1B2".repeat(9)}`,
  ),
  token(
    "gitlab-token",
    "GitLab token",
    String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[A-Za-z0-9_.-]{16,}`,
    `glpat-${"a1B2".repeat(5)}`,
  ),
  token(
    "slack-token",
    "Slack token",
    String.raw`(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{8,}`,
    `xoxb-${"1234567890".repeat(2)}-abc`,
  ),
  token("anthropic-key", "Anthropic key", String.raw`sk-ant-[A-Za-z0-9_-]{8,}`, `sk-ant-api03-${"a1B2".repeat(6)}`),
  token(
    "sk-key",
    "secret key of OpenAI, Stripe and others",
    String.raw`(?:sk|rk|pk)[-_](?:(?:live|test|proj|prod|svcacct|admin|or|lf)[-_]){0,2}(?=[A-Za-z0-9_-]{0,200}[0-9])[A-Za-z0-9_-]{16,}`,
    `sk-${"a1B2".repeat(6)}`,
  ),
  token(
    "aws-access-key",
    "AWS access key id",
    String.raw`(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`,
    `AKIA${"A1B2".repeat(4)}`,
  ),
  token("google-api-key", "Google API key", String.raw`AIza[A-Za-z0-9_-]{24,}`, `AIza${"a1B2-".repeat(7)}`),
  token(
    "google-oauth",
    "Google OAuth token or secret",
    String.raw`(?:ya29\.[A-Za-z0-9_-]{16,}|GOCSPX-[A-Za-z0-9_-]{16,})`,
    `ya29.${"a1B2".repeat(6)}`,
  ),
  token("huggingface-token", "Hugging Face token", String.raw`hf_[A-Za-z0-9]{16,}`, `hf_${"a1B2".repeat(8)}`),
  token("npm-token", "npm token", String.raw`npm_[A-Za-z0-9]{16,}`, `npm_${"a1B2".repeat(9)}`),
  token("pypi-token", "PyPI token", String.raw`pypi-[A-Za-z0-9_-]{32,}`, `pypi-${"a1B2".repeat(10)}`),
  token(
    "vendor-token",
    "token with a vendor prefix",
    String.raw`(?:dop_v1_|dckr_pat_|shp(?:at|ss|ca|pa)_|sq0[a-z]{3}-|SG\.|lin_api_|ntn_|pat-|hvs\.|tskey-|rubygems_|cio)(?=[A-Za-z0-9_.-]{0,200}[0-9])[A-Za-z0-9_.-]{20,}`,
    `dop_v1_${"a1b2".repeat(16)}`,
  ),
  {
    id: "bearer",
    summary: "HTTP bearer credential",
    re: /(?<![A-Za-z0-9_])[Bb]earer[ \t]{1,4}(?=[A-Za-z0-9_~+/=-]{0,200}[0-9._~+/=-]|[A-Za-z]{20})(?<secret>[A-Za-z0-9._~+/=-]{8,4096})/g,
    example: `Authorization: Bearer ${"a1B2".repeat(5)}`,
  },
  {
    id: "basic",
    summary: "HTTP basic credential",
    re: /(?<=[Aa]uthorization\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?)[Bb]asic[ \t]{1,4}(?<secret>[A-Za-z0-9+/=_-]{4,4096})/g,
    example: "Authorization: Basic dXNlcjpodW50ZXIy",
  },
];
