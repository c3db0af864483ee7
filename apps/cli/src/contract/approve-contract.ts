// A person's yes, proved and signed (F-05): a code typed at the terminal, or a key that was enrolled for human gates. The signature binds
// contract, policy, scope and expiry; an agent can produce neither.
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { argvsOf, signApproval, type ApprovalArtifact, type ApprovalScope } from "@ces/contract";
import { CesError, decodeBase64 } from "@ces/kernel";
import type { Signer } from "@ces/ports";
import { Identity } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import { nodeClock } from "../wire/node-clock.ts";
import { withProject } from "../with-project.ts";
import type { DecidedRun } from "./decide-run.ts";
import { approverKey, type RunnerDomain } from "./runner-domain.ts";

/** What is approved, and for how long. */
export type ApprovalWish = DecidedRun & {
  readonly minutes: number;
  readonly scope: ApprovalScope;
  readonly reason: string | undefined;
  readonly ticket_id: string | undefined;
};

/** The signed approval. Throws CesError `RELEASE_NEEDS_PERSON` when nobody proved to be a person, `APPROVAL_SELF`, `IDENTITY_UNKNOWN`. */
export async function approveContract(
  ctx: CommandContext,
  domain: RunnerDomain,
  wish: ApprovalWish,
): Promise<ApprovalArtifact> {
  const { name, signer, method } = await approver(ctx, domain, wish);
  if (name === wish.contract.value.actor.initiating_user)
    throw new CesError("APPROVAL_SELF", `\`${name}\` asked for it and cannot approve it`, {
      remedy: "somebody else approves: ces contract approve … --as NAME",
    });
  const now = nodeClock.epochMs();
  const approval: ApprovalArtifact = {
    approval_version: "csc.approval.v0.1",
    approval_id: `approval_${randomBytes(16).toString("hex")}`,
    contract_sha256: wish.contract.sha256,
    policy_sha256: wish.policy.sha256,
    approver: { identity: name, method },
    approved_at: new Date(now).toISOString(),
    expires_at: new Date(now + wish.minutes * 60_000).toISOString(),
    scope: wish.scope,
    ...(wish.reason === undefined ? {} : { reason: wish.reason }),
    ...(wish.ticket_id === undefined ? {} : { ticket_id: wish.ticket_id }),
  };
  const signed = signApproval(approval, {
    key_id: signer.key_id,
    signed_at: approval.approved_at,
    sign: (message) => rawSignature(signer, message),
  });
  domain.addApprover({ identity: name, public_key: approverKey(signer.public_key) });
  return signed;
}

type Approver = { readonly name: string; readonly signer: Signer; readonly method: "manual" | "cli" };

async function approver(ctx: CommandContext, domain: RunnerDomain, wish: ApprovalWish): Promise<Approver> {
  const name = ctx.text("as");
  if (name !== undefined) return { name, signer: await enrolledSigner(ctx, domain, name), method: "cli" };
  // SECURITY: S21 — a fresh code, shown and read at the terminal itself.
  if (!(await ctx.challenge(describe(wish), randomBytes(3).toString("hex"))))
    throw new CesError("RELEASE_NEEDS_PERSON", "a person has to approve it", {
      remedy: "run it at a terminal, or with --as NAME whose key is enrolled for human gates",
    });
  const own = plainName(userInfo().username);
  if (domain.identities.signer(own) === undefined) domain.identities.make(own);
  const signer = domain.identities.signer(own);
  if (signer === undefined)
    throw new CesError("IDENTITY_UNKNOWN", `this account has no key of \`${own}\``, { remedy: "ces keys list" });
  return { name: own, signer, method: "manual" };
}

// An enrolled key proves a person as far as the enrolment does: only one for human gates counts.
async function enrolledSigner(ctx: CommandContext, domain: RunnerDomain, name: string): Promise<Signer> {
  const may = await withProject(ctx, ({ store }) => {
    const row = store.record("identity", name);
    return row === undefined ? undefined : Identity.parse(row.body);
  });
  const signer = domain.identities.signer(name);
  if (may === undefined || signer === undefined)
    throw new CesError(
      "IDENTITY_UNKNOWN",
      `nobody is enrolled as \`${name}\`, or this account holds no key of theirs`,
      {
        remedy: "ces keys list",
      },
    );
  if (may.may !== "human" || may.public_key !== approverKey(signer.public_key))
    throw new CesError("RELEASE_NEEDS_PERSON", `\`${name}\` is not enrolled for human gates`, {
      remedy: `ces keys enroll ${name} --may human`,
    });
  return signer;
}

function rawSignature(signer: Signer, message: Uint8Array): Uint8Array {
  const bytes = decodeBase64(signer.sign(message).signature);
  if (bytes === undefined) throw new Error("a signer gave no base64");
  return bytes;
}

// What a person approves must be what is there: every command, where, with what.
function describe({ contract: { value, sha256 }, decided, scope, minutes }: ApprovalWish): string {
  return [
    `Approve contract ${value.contract_id} (${sha256.slice(0, 16)}) of ${value.actor.initiating_user}, for ${minutes} minutes, ${scope}.`,
    `Intent: ${value.intent}`,
    ...value.commands.flatMap((command) => [
      `  ${command.id}: ${argvsOf(command)
        .map((argv) => JSON.stringify(argv))
        .join(" | ")}`,
      `    in ${command.cwd}; reads ${list(command.read_paths)}; writes ${list(command.write_paths)}; network ${command.network}; secrets ${list(command.secret_refs)}; ${command.timeout_sec} s`,
    ]),
    ...decided.reasons.map((reason) => `Why it is asked: ${reason}`),
  ].join("\n");
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? "nothing" : texts.join(", ");
}

function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, "-").slice(0, 64) || "person";
}
