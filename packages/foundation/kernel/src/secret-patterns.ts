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
  /** Texts of which one stands in every match, separated by blanks: where none does, `re` need not be compiled. */
  readonly holds: string;
};

const START = String.raw`(?<![A-Za-z0-9_])`;

function token(
  id: string,
  summary: string,
  body: string,
  { example, holds }: Pick<SecretPattern, "example" | "holds">,
): SecretPattern {
  return { id, summary, re: new RegExp(START + body, "g"), example, holds };
}

/** Secrets that are recognisable without their name. Order is precedence where matches overlap. */
export const secretPatterns: readonly SecretPattern[] = [
  {
    id: "private-key",
    summary: "PEM private key block, also cut off",
    re: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----(?:BEGIN|END))[^]){0,16384}(?:-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----)?/g,
    example: `-----BEGIN ${"PRIVATE"} KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ${"PRIVATE"} KEY-----`,
    holds: "-----BEGIN",
  },
  {
    id: "url-credentials",
    summary: "password in a URL",
    re: /:\/\/[^\s/:@?#"'<>[\]]{0,128}:(?!\[redacted:)(?<secret>[^\s/@"'<>]{1,256})@/g,
    example: "postgres://app:hunter2@db.example/app",
    holds: "://",
  },
  token(
    "jwt",
    "JSON web token",
    String.raw`eyJ[A-Za-z0-9_-]{8,1024}\.eyJ[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,2048}){0,3}`,
    { example: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${"c2lnbmF0dXJl"}`, holds: "eyJ" },
  ),
  token("github-token", "GitHub token", String.raw`(?:gh[opsur]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})`, {
    example: `ghp_${"a1B2".repeat(9)}`,
    holds: "ghp_ gho_ ghs_ ghu_ ghr_ github_pat_",
  }),
  token(
    "gitlab-token",
    "GitLab token",
    String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[A-Za-z0-9_.-]{16,}`,
    {
      example: `glpat-${"a1B2".repeat(5)}`,
      holds: "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- gloas- glffct-",
    },
  ),
  token("slack-token", "Slack token", String.raw`(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{8,}`, {
    example: `xoxb-${"1234567890".repeat(2)}-abc`,
    holds: "xox xapp- xwfp-",
  }),
  token("anthropic-key", "Anthropic key", String.raw`sk-ant-[A-Za-z0-9_-]{8,}`, {
    example: `sk-ant-api03-${"a1B2".repeat(6)}`,
    holds: "sk-ant-",
  }),
  token(
    "sk-key",
    "secret key of OpenAI, Stripe and others",
    String.raw`(?:sk|rk|pk)[-_](?:(?:live|test|proj|prod|svcacct|admin|or|lf)[-_]){0,2}(?=[A-Za-z0-9_-]{0,200}[0-9])[A-Za-z0-9_-]{16,}`,
    { example: `sk-${"a1B2".repeat(6)}`, holds: "sk- sk_ rk- rk_ pk- pk_" },
  ),
  token("aws-access-key", "AWS access key id", String.raw`(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`, {
    example: `AKIA${"A1B2".repeat(4)}`,
    holds: "AKIA ASIA ABIA ACCA",
  }),
  token("google-api-key", "Google API key", String.raw`AIza[A-Za-z0-9_-]{24,}`, {
    example: `AIza${"a1B2-".repeat(7)}`,
    holds: "AIza",
  }),
  token(
    "google-oauth",
    "Google OAuth token or secret",
    String.raw`(?:ya29\.[A-Za-z0-9_-]{16,}|GOCSPX-[A-Za-z0-9_-]{16,})`,
    { example: `ya29.${"a1B2".repeat(6)}`, holds: "ya29. GOCSPX-" },
  ),
  token("huggingface-token", "Hugging Face token", String.raw`hf_[A-Za-z0-9]{16,}`, {
    example: `hf_${"a1B2".repeat(8)}`,
    holds: "hf_",
  }),
  token("npm-token", "npm token", String.raw`npm_[A-Za-z0-9]{16,}`, {
    example: `npm_${"a1B2".repeat(9)}`,
    holds: "npm_",
  }),
  token("pypi-token", "PyPI token", String.raw`pypi-[A-Za-z0-9_-]{32,}`, {
    example: `pypi-${"a1B2".repeat(10)}`,
    holds: "pypi-",
  }),
  token(
    "vendor-token",
    "token with a vendor prefix",
    String.raw`(?:dop_v1_|dckr_pat_|shp(?:at|ss|ca|pa)_|sq0[a-z]{3}-|SG\.|lin_api_|ntn_|pat-|hvs\.|tskey-|rubygems_|cio)(?=[A-Za-z0-9_.-]{0,200}[0-9])[A-Za-z0-9_.-]{20,}`,
    {
      example: `dop_v1_${"a1b2".repeat(16)}`,
      holds: "dop_v1_ dckr_pat_ shpat_ shpss_ shpca_ shppa_ sq0 SG. lin_api_ ntn_ pat- hvs. tskey- rubygems_ cio",
    },
  ),
  {
    id: "bearer",
    summary: "HTTP bearer credential",
    re: /(?<![A-Za-z0-9_])[Bb]earer[ \t]{1,4}(?=[A-Za-z0-9_~+/=-]{0,200}[0-9._~+/=-]|[A-Za-z]{20})(?<secret>[A-Za-z0-9._~+/=-]{8,4096})/g,
    example: `Authorization: Bearer ${"a1B2".repeat(5)}`,
    holds: "earer",
  },
  {
    id: "basic",
    summary: "HTTP basic credential",
    re: /(?<=[Aa]uthorization\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?)[Bb]asic[ \t]{1,4}(?<secret>[A-Za-z0-9+/=_-]{4,4096})/g,
    example: "Authorization: Basic dXNlcjpodW50ZXIy",
    holds: "asic",
  },
];
