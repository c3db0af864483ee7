// What an added line can say that raises a classification (S20). Hints, not proof: each pattern is linear, and a match only raises.
// SECURITY: the lines are attacker-controlled; every pattern starts at a literal and has bounded repeats.
import type { BehaviorConfidence, RiskTier } from "@ces/records";

/** One hazard of content, with an added line that shows it and one that must not. */
export interface HazardContent {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly risk_tier: RiskTier;
  readonly behavior_confidence: BehaviorConfidence;
  readonly matches: string;
  readonly spares: string;
}

/** The hazards, strictest first. */
export const hazardContents: readonly HazardContent[] = [
  {
    rule: "content_destroys_data",
    pattern:
      /\b(?:drop|truncate)[ \t]{1,8}(?:table|database|schema|column|index|view)\b|\balter[ \t]{1,8}table\b|\bdelete[ \t]{1,8}from\b|\bdrop(?:Table|Column|Schema|Collection|Database)\b/i,
    risk_tier: "A",
    behavior_confidence: "BC3",
    matches: 'await db.run("DROP TABLE users")',
    spares: "const dropdown = table.columns",
  },
  {
    rule: "content_runs_code",
    pattern:
      /\beval[ \t]{0,8}\(|\bnew[ \t]{1,8}Function\b|\bFunction[ \t]{0,8}\([ \t]{0,8}['"`]|\bvm2?['"`]|\brunIn(?:New|This)?Context\b|\b__import__\b|(?<![.\w])exec[ \t]{0,8}\(|\bcompile[ \t]{0,8}\(.{0,200}['"]exec['"]/,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "return eval(input)",
    spares: "const evaluation = medieval(input)",
  },
  {
    rule: "content_starts_process",
    pattern:
      /\bchild_process\b|\bexec(?:File)?Sync\b|\bspawn(?:Sync)?[ \t]{0,8}\(|\bsubprocess\b|\bos\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)\b|\bshell[ \t]{0,8}=[ \t]{0,8}True\b|\bProcessBuilder\b|\bRuntime\.getRuntime\b|\bexec\.Command\b|\bstd::process\b|\bLD_PRELOAD\b|\bNODE_OPTIONS\b/,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "import { execFile } from 'node:child_process'",
    spares: "const childProcessing = respawned",
  },
  {
    rule: "content_cryptography",
    pattern:
      /(?<!\{ ?randomUUID ?\} from ['"])\bnode:crypto\b|(?<!\{ ?randomUUID ?\} from )['"]crypto['"]|\bcrypto\.(?!randomUUID\b)|\bcreate(?:Cipher|Decipher|Hmac|Sign|Verify)(?:iv)?\b|\bbcrypt|\bargon2|\bscrypt|\bpbkdf2|\bhashlib\b|\bMath\.random\(\).{0,80}(?:token|secret|password|key)/i,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "import { createHmac } from 'node:crypto'",
    spares: "const cryptic = puzzle()",
  },
  {
    rule: "content_weakens_transport",
    pattern:
      /\brejectUnauthorized\b|\bNODE_TLS_REJECT_UNAUTHORIZED\b|\bverify[ \t]{0,8}=[ \t]{0,8}False\b|\bInsecureSkipVerify\b|\bCERT_NONE\b|\bAccess-Control-Allow-Origin\b/i,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "const agent = new Agent({ rejectUnauthorized: false })",
    spares: "const unauthorized = reject(user)",
  },
  {
    rule: "content_unsafe_deserialisation",
    pattern:
      /\bpickle\.loads?\b|\byaml\.(?:unsafe_)?load[ \t]{0,8}\(|\bunserialize[ \t]{0,8}\(|\bmarshal\.loads?\b|\bObjectInputStream\b|\bdangerouslySetInnerHTML\b/,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "state = pickle.loads(body)",
    spares: "state = pickled(body)",
  },
  {
    rule: "content_hidden_characters",
    pattern: /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/u,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "if (admin) { \u202e } // ok",
    spares: 'const greeting = "grüß dich"',
  },
  {
    rule: "content_identity_check",
    pattern:
      /\bjwt\.(?:sign|verify|decode)\b|\bset-cookie\b|\breq(?:uest)?\.session\b|\bpassport\.|\bisAdmin\b|\bis_admin\b|\bhasPermission|\bhas_permission|\bsetuid\b|\bchmod\b/i,
    risk_tier: "A",
    behavior_confidence: "BC2",
    matches: "const claims = jwt.verify(token, key)",
    spares: "const administration = sessions",
  },
  {
    rule: "content_network",
    pattern:
      /\bfetch[ \t]{0,8}\(|\bXMLHttpRequest\b|\bnode:(?:https?|net|dgram|tls|dns|http2)\b|\brequire\(['"](?:https?|net|dgram|tls|dns|axios|got|undici|node-fetch|ws)['"]|\bfrom ['"](?:axios|got|undici|node-fetch|ws)['"]|\burllib\b|\brequests\.(?:get|post|put|delete|request)\b|\bsocket\.socket\b|\bhttp\.(?:Get|Post|Client)\b|\bWebSocket\b/,
    risk_tier: "B",
    behavior_confidence: "BC2",
    matches: "await fetch('https://example.test')",
    spares: "const prefetched = row.fetchable",
  },
  {
    rule: "content_deletes_files",
    pattern:
      /\brm[ \t]{1,8}-[a-z]{0,8}[rf]|\b(?:unlink|rmdir|rm)(?:Sync)?[ \t]{0,8}\(|\bshutil\.rmtree\b|\bos\.(?:remove|unlink)\b|\bos\.RemoveAll\b|\bremove_dir_all\b/,
    risk_tier: "B",
    behavior_confidence: "BC2",
    matches: "rmSync(folder, { recursive: true })",
    spares: "const confirm = form()",
  },
];
