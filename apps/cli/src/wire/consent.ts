// Who consents, and what CES saw of them (S21): flags, a terminal of its own, an enrolled key. Nothing is taken from a name.
import type { ConsentAnswer, ConsentRequest } from "@ces/engine";
import { consentMessage } from "@ces/approvals";
import { CesError, utf8Encode } from "@ces/kernel";
import { verifyIdentity } from "@ces/keys";
import { Identity } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import type { Project } from "./open-project.ts";

/** What the command itself says about consent. `explicit`: the command is the decision (`approve`), not a run that ends in one. */
export interface ConsentFlags {
  readonly as: string | undefined;
  readonly reason: string;
  readonly explicit: boolean;
  /** The evidence that an explicit decision is about: what was measured anew meanwhile, nobody has decided on (S22). */
  readonly evidence_id?: string | null;
  readonly reject: boolean;
}

/** Asks, challenges or signs, as far as the person and the place allow. */
export async function giveConsent(
  ctx: CommandContext,
  project: Project,
  flags: ConsentFlags,
  request: ConsentRequest,
): Promise<ConsentAnswer> {
  const as =
    flags.as === undefined
      ? null
      : signAs(project, flags.as, { ...request, decision: flags.reject ? "reject" : "approve" });
  const meant = flags.evidence_id === undefined || flags.evidence_id === request.evidence_id;
  const person = meant ? await askPerson(ctx, flags, request, as !== null) : { agreed: false, challenge_met: false };
  const agreed = ctx.yes || flags.explicit || person.agreed;
  return {
    decision: !meant ? "stale" : flags.reject ? "reject" : agreed ? "approve" : "none",
    reason: flags.reason,
    proof: as?.proof ?? null,
    consent: {
      yes: ctx.yes || person.agreed,
      terminal: ctx.terminal.tty && ctx.terminal.stdin,
      agent_marker: ctx.terminal.agent_marker,
      as: as === null ? null : { identity: as.identity, signed: as.signed },
      challenge_met: person.challenge_met,
      label: project.user,
    },
  };
}

/** The enrolled identity of that name signs exactly this evidence. Throws IDENTITY_UNKNOWN. */
function signAs(project: Project, name: string, request: ConsentRequest & { readonly decision: "approve" | "reject" }) {
  const row = project.store.record("identity", name);
  if (row === undefined)
    throw new CesError("IDENTITY_UNKNOWN", `nobody is enrolled as \`${name}\``, {
      remedy: `ces keys enroll ${name} --may hybrid`,
    });
  const identity = Identity.parse(row.body);
  const message = consentMessage(request);
  const signature = project.identities.signer(name)?.sign(utf8Encode(message));
  const signed = signature !== undefined && verifyIdentity(identity, utf8Encode(message), signature);
  return { identity, signed, proof: signed ? { message, ...signature } : null };
}

interface PersonAnswer {
  readonly agreed: boolean;
  readonly challenge_met: boolean;
}

/** At a terminal, and only there: a question, and a code to type back where a human is needed. */
async function askPerson(
  ctx: CommandContext,
  flags: ConsentFlags,
  request: ConsentRequest,
  signed: boolean,
): Promise<PersonAnswer> {
  const nobody = { agreed: false, challenge_met: false };
  if (!ctx.terminal.tty || !ctx.terminal.stdin || ctx.terminal.agent_marker) return nobody;
  if (signed && (ctx.yes || flags.explicit)) return nobody;
  const needsHuman = request.required_gate === "human" || request.color === "red";
  if (!needsHuman && (ctx.yes || flags.explicit)) return { agreed: true, challenge_met: false };
  if (needsHuman && ctx.yes && !flags.explicit) return nobody;
  if (needsHuman && !signed) {
    const text = `${request.summary}\n${request.gate_reasons.join("\n")}\nTriage ${request.color}. This needs you.`;
    return { agreed: true, challenge_met: await ctx.challenge(text, challengeCode(request)) };
  }
  const answer = await ctx.ask({
    id: "consent",
    kind: "confirm",
    text: flags.reject ? "Reject this change?" : "Merge this change?",
    detail: request.summary,
    choices: ["yes", "no"],
    default_answer: null,
  });
  return { agreed: answer.by === "person" && answer.value === "yes", challenge_met: false };
}

/** The code to type: part of the evidence hash, so that it cannot be known before the evidence is. */
const challengeCode = (request: ConsentRequest): string => request.evidence_hash.slice(0, 6);
