// Who stands behind a decision that is no approval: an enrolled key that signs it, a code typed at the terminal, or nobody (S21).
import { CesError, utf8Encode } from "@ces/kernel";
import { verifyIdentity } from "@ces/keys";
import { Identity, type Actor } from "@ces/records";
import { randomBytes } from "node:crypto";
import type { CommandContext } from "../define-command.ts";
import type { Project } from "../wire/open-project.ts";

/** `text` is shown at the terminal; `message` is what a key signs. */
export type Claim = { readonly text: string; readonly message: string };

/** The actor that is proved. Without `--as` and without a terminal it is automation. Throws IDENTITY_UNKNOWN. */
export async function provePerson(ctx: CommandContext, project: Project, claim: Claim): Promise<Actor> {
  const name = ctx.text("as");
  if (name !== undefined) return signedBy(project, enrolled(project, name), claim.message);
  // SECURITY: a fresh code each time, so that nothing typed or pasted before can be the answer.
  const met = await ctx.challenge(claim.text, randomBytes(3).toString("hex"));
  return met ? { id: project.user, kind: "human", proof: "tty" } : { id: "automation", kind: "agent", proof: "none" };
}

/** An identity of this project. Throws IDENTITY_UNKNOWN. */
export function enrolled(project: Project, name: string): Identity {
  const row = project.store.record("identity", name);
  if (row) return Identity.parse(row.body);
  throw new CesError("IDENTITY_UNKNOWN", `nobody is enrolled as \`${name}\``, { remedy: "ces keys list" });
}

function signedBy(project: Project, identity: Identity, message: string): Actor {
  const bytes = utf8Encode(message);
  const signature = project.identities.signer(identity.name)?.sign(bytes);
  if (signature && verifyIdentity(identity, bytes, signature))
    return { id: identity.name, kind: "human", proof: "key" };
  throw new CesError("IDENTITY_UNKNOWN", `this account holds no key of \`${identity.name}\``, {
    remedy: "use the account that enrolled it, or a terminal",
  });
}
