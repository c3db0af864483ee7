// Every type that is written here and the closed form of its payload.

import { closed, code, digest, instant, type ObjectForm, whole, word } from "../schema/form.ts";
import { jsonSchema } from "../schema/json-schema.ts";
import type { JsonObject } from "@ces/kernel";
import { CHECKPOINT_TYPE } from "./checkpoint.ts";
import { decisionForm } from "./decision-form.ts";
import { DECISION_TYPE } from "./decision.ts";
import { executionForm } from "./execution-form.ts";
import { EXECUTION_TYPE } from "./execution.ts";
import { KEY_ROTATION_TYPE } from "./key-rotation.ts";
import { chainMembers, issuerKid, linkMember, signedMembers } from "./member-forms.ts";

const keyRotationForm = closed(
  {
    type: word(KEY_ROTATION_TYPE),
    ...chainMembers,
    new_kid: issuerKid,
    new_key_digest: digest,
    effective_at: instant,
    reason: code,
  },
  linkMember,
);

const checkpointForm = closed({
  type: word(CHECKPOINT_TYPE),
  ...signedMembers,
  count: whole(1),
  terminal_hash: digest,
});

const forms: ReadonlyMap<string, ObjectForm> = new Map<string, ObjectForm>([
  [DECISION_TYPE, decisionForm],
  [EXECUTION_TYPE, executionForm],
  [KEY_ROTATION_TYPE, keyRotationForm],
  [CHECKPOINT_TYPE, checkpointForm],
]);

/** The closed form of a type; undefined for a type that is not written here. */
export function writtenForm(type: unknown): ObjectForm | undefined {
  return typeof type === "string" ? forms.get(type) : undefined;
}

/** JSON Schema 2020-12 of every written payload, by type. */
export function payloadSchemas(): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(
    [...forms].map(([type, form]) => [
      type,
      { $schema: "https://json-schema.org/draft/2020-12/schema", title: `Payload of ${type}`, ...jsonSchema(form) },
    ]),
  );
}
