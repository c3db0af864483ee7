// Enrolling a person: a key of theirs in the trust domain, its public half in the ledger (DESIGN §2, S21).
import { entry } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { Identity } from "@ces/records";
import { nodeClock } from "./node-clock.ts";
import type { Project } from "./open-project.ts";

/** Makes the key and records the identity. Throws IDENTITY_EXISTS, IDENTITY_NAME. Who may enrol whom is the command's affair. */
export function enrollIdentity(project: Project, who: Pick<Identity, "name" | "may" | "enrolled_by">): Identity {
  if (project.store.record("identity", who.name) !== undefined)
    throw new CesError("IDENTITY_EXISTS", `\`${who.name}\` is enrolled already`, { remedy: "ces keys list" });
  const held = project.identities.signer(who.name);
  const public_key =
    held === undefined ? project.identities.make(who.name) : Buffer.from(held.public_key).toString("base64");
  const identity: Identity = { ...who, public_key, enrolled_at: nodeClock.now() };
  const result = project.store.commit({
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    effects: [],
    effects_done: [],
    rows: [{ kind: "identity", id: identity.name, delivery_id: null, body: identity }],
    entries: [
      entry("truth_change", null, `${identity.name} enrolled, may ${identity.may}`, {
        refs: [identity.name],
        data: { may: identity.may, enrolled_by: identity.enrolled_by },
      }),
    ],
  });
  if (result.kind === "refused") throw new CesError("STEP_REFUSED", result.detail, { remedy: "ces keys list" });
  return identity;
}
