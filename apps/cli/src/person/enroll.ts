// Enrolling a name: the first of an installation is free, each later one is vouched for (DESIGN §2).
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeBase64, CesError } from "@ces/kernel";
import { entry } from "@ces/engine";
import type { Actor, Identity } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import { recordAlone } from "../record-alone.ts";
import { nodeClock } from "../wire/node-clock.ts";
import type { Project } from "../wire/open-project.ts";
import { requireWholeRecord } from "../wire/whole-record.ts";
import { provePerson } from "./prove-person.ts";

/** Who is to be enrolled, and the strictest gate they may satisfy. */
export type Enrolment = { readonly name: string; readonly may: Identity["may"] };

/** Enrols and records it. Throws IDENTITY_EXISTS, IDENTITY_NAME, IDENTITY_UNKNOWN, RELEASE_NEEDS_PERSON. */
export async function enroll(ctx: CommandContext, project: Project, wish: Enrolment): Promise<Identity> {
  if (project.store.record("identity", wish.name))
    throw new CesError("IDENTITY_EXISTS", `\`${wish.name}\` is enrolled already`, { remedy: "ces keys list" });
  requireWholeRecord(project);
  return recordIdentity(project, wish, await voucher(ctx, project, wish));
}

/** Makes the key where there is none and records the identity; who may enrol whom was decided before. Throws IDENTITY_NAME, STEP_REFUSED. */
export function recordIdentity(project: Project, wish: Enrolment, by: Actor): Identity {
  // The key is made only now: one that was refused before must not be there the next time.
  const held = project.identities.signer(wish.name);
  const public_key = held ? encodeBase64(held.public_key) : project.identities.make(wish.name);
  const identity: Identity = { ...wish, public_key, enrolled_at: nodeClock.now(), enrolled_by: by.id };
  const said = entry("delegation", null, `enrolled ${wish.name}, who may satisfy a ${wish.may} gate`, {
    actor: by,
    decision: wish.may,
    refs: [wish.name],
    data: { public_key },
  });
  recordAlone(project.store, { kind: "identity", id: wish.name, body: identity }, said);
  return identity;
}

async function voucher(ctx: CommandContext, project: Project, { name, may }: Enrolment): Promise<Actor> {
  if (isFree(ctx, project, { name, may })) return { id: project.user, kind: "human", proof: "none" };
  const text = `Enrol \`${name}\`: its key will satisfy ${may} gates in this project.`;
  const actor = await provePerson(ctx, project, {
    text,
    message: `ces.enrol/v1\n${project.project_id}\n${name}\n${may}`,
  });
  if (actor.proof === "key") checkMay(project, actor.id, may);
  if (actor.proof !== "none") return actor;
  throw new CesError("RELEASE_NEEDS_PERSON", `\`${name}\` is not the first to be enrolled; somebody has to vouch`, {
    remedy: `run it at a terminal, or: ces keys enroll ${name} --may ${may} --as NAME`,
  });
}

// Free is the first name of the installation; and, for hybrid gates, a name whose key this account holds in a project where
// nobody is enrolled yet.
function isFree(ctx: CommandContext, project: Project, { name, may }: Enrolment): boolean {
  if (ctx.text("as") !== undefined || project.store.records("identity").length > 0) return false;
  const held = readdirSync(join(dirname(project.state_dir), "identities")).filter((file) => file.endsWith(".key"));
  // SECURITY: a key that exists is no proof of a person: in a further project it comes in for hybrid gates only.
  return held.length === 0 || (may === "hybrid" && held.includes(`${name}.key`));
}

// SECURITY: nobody hands on more than they have.
function checkMay(project: Project, name: string, may: Identity["may"]): void {
  const row = project.store.record("identity", name);
  const own = row?.body;
  const enough =
    may === "hybrid" || (typeof own === "object" && own !== null && "may" in own && own["may"] === "human");
  if (!enough)
    throw new CesError(
      "RELEASE_NEEDS_PERSON",
      `\`${name}\` may satisfy hybrid gates only and cannot enrol for human ones`,
      { remedy: "run it at a terminal" },
    );
}
