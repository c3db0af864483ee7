// SECURITY: S01 — credentials leave the process environment before anything else runs, so that no child, no dump and no
// log of it can carry them. What is left is a frozen copy; the values live in a closure that shows its names only.
import { isSecretName } from "@ces/kernel";

/** The credentials this process was started with. Printing or serialising it shows no value. */
export type Secrets = {
  /** The value, only for the code that hands it to its one vendor. */
  readonly get: (name: string) => string | undefined;
  readonly names: readonly string[];
};

/** An environment without credentials, frozen. */
export type Environment = Readonly<Record<string, string | undefined>>;

const known = ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY", "CES_AUDIT_HMAC_SECRET"];

/** Moves every credential out of `env` (it is changed) and returns both halves. */
export function takeSecrets(env: Record<string, string | undefined>): { secrets: Secrets; env: Environment } {
  const held = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !(known.includes(name) || isSecretName(name))) continue;
    held.set(name, value);
    delete env[name];
  }
  const names = Object.freeze([...held.keys()].sort());
  return { secrets: Object.freeze({ get: (name: string) => held.get(name), names }), env: Object.freeze({ ...env }) };
}
