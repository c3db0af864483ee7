// The little that a caller may say about itself. Everything else in a receipt is the engine's. Source: spec/acta.md §7.1 (2), (6).

import type { Json } from "@ces/kernel";
import { closed, code, type ObjectForm } from "../schema/form.ts";
import { violations } from "../schema/violations.ts";
import { agentId, sessionId } from "../written/member-forms.ts";
import type { SignCause } from "./signed.ts";

/** Members that a caller may name. */
export type CallerClaims = { readonly agent_id: string; readonly session_id?: string; readonly iteration_id?: string };

/** The claims, or every member that a caller may not name or that is malformed. */
export type ClaimsRead =
  | { readonly kind: "claims"; readonly claims: CallerClaims }
  | { readonly kind: "refused"; readonly causes: readonly SignCause[] };

const form: ObjectForm = closed({ agent_id: agentId }, { session_id: sessionId, iteration_id: code });

/** Reads what a caller says. Attacker-controlled; a name of the engine's is refused by its name. */
export function readCallerClaims(value: Json): ClaimsRead {
  const causes = violations(form, value).map(({ path, text, unknown }): SignCause =>
    unknown === true
      ? { code: "engine_member", path, text: "is not for a caller to say" }
      : { code: "schema_invalid", path, text },
  );
  if (causes.length > 0) return { kind: "refused", causes };
  return { kind: "claims", claims: value as CallerClaims }; // by its form
}
