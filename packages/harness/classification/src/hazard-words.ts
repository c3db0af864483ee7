// Words of a request, and of path names, that raise a classification (spec/ces §3.2 WEAK, §10.8). Whole words only:
// `author`, `product`, `dropdown`, `accessibility` and `message` are not hazards. They can only raise.
import type { BehaviorConfidence, RiskTier } from "@ces/records";

/** One hazard: `words` (single words or adjacent pairs), and where given also one of `near` anywhere in the text. */
export interface HazardWords {
  readonly rule: string;
  readonly words: readonly string[];
  readonly near?: readonly string[];
  /** True when the same words in a path name count as well. */
  readonly in_paths: boolean;
  readonly risk_tier: RiskTier;
  readonly behavior_confidence: BehaviorConfidence;
}

const list = (text: string): readonly string[] => text.split(/,\s*/);

const stored = list(
  "table, tables, database, databases, db, column, columns, rows, records, bucket, buckets, schema, production",
);

/** The hazards, strictest first. */
export const hazardWords: readonly HazardWords[] = [
  {
    rule: "word_access_rights",
    words: list(
      "authorization, authorisation, authorize, authorise, authz, permission, permissions, privilege, privileges, rbac, acl, acls, access control",
    ),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC3",
  },
  {
    rule: "word_data_destruction",
    words: list(
      "drop, drops, dropping, delete, deletes, deleting, deletion, remove, truncate, truncating, wipe, purge, erase",
    ),
    near: stored,
    in_paths: false,
    risk_tier: "A",
    behavior_confidence: "BC3",
  },
  {
    rule: "word_identity",
    words: list(
      "auth, authn, authenticate, authenticated, authenticates, authentication, authenticator, oauth, oauth2, oidc, saml, sso, jwt, jwts, mfa, 2fa, totp, login, logins, logon, signin, sign in, log in, session, sessions, impersonate, impersonation",
    ),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_money",
    words: list(
      "payment, payments, pay, billing, invoice, invoices, refund, refunds, checkout, pricing, payout, payouts, charge card",
    ),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_secret",
    words: list(
      "secret, secrets, credential, credentials, password, passwords, passphrase, api key, api keys, private key, private keys, access token, access tokens, refresh token, refresh tokens",
    ),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_crypto",
    words: list(
      "crypto, cryptography, cryptographic, encrypt, encrypts, encrypted, encryption, decrypt, decryption, signature, signatures, certificate, certificates, tls, ssl, hmac, ed25519",
    ),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_personal_data",
    words: list("pii, gdpr, personal data, customer data, medical, ssn"),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_migration",
    words: list("migrate, migrates, migrated, migrating, migration, migrations"),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_schema_of_stored_data",
    words: list("schema, schemas"),
    near: list("database, databases, db, sql, table, tables, column, columns"),
    in_paths: false,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_security",
    words: list("security, vulnerability, vulnerabilities, cve, exploit, sandbox, firewall, cors, csp, csrf, xss"),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_state_machine",
    words: list("state machine, state machines, kill switch, audit log, audit ledger"),
    in_paths: true,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_public_contract",
    words: list("public api, external api, breaking change, breaking changes"),
    in_paths: false,
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_removal",
    words: list("delete, deletes, deleting, deletion, drop, drops, dropping, truncate, wipe, purge, erase"),
    in_paths: false,
    risk_tier: "B",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_delivery_path",
    words: list(
      "ci, pipeline, pipelines, deploy, deploys, deployment, production, prod, publish, infrastructure, terraform, kubernetes, dockerfile, github actions, workflow file, lockfile, lockfiles, install script, postinstall",
    ),
    in_paths: false,
    risk_tier: "B",
    behavior_confidence: "BC2",
  },
  {
    rule: "word_stored_data",
    words: list("schema, schemas, database, databases, sql, token, tokens, admin, role, roles"),
    in_paths: false,
    risk_tier: "B",
    behavior_confidence: "BC2",
  },
];
