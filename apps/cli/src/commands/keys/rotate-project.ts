// `ces keys rotate-project`: the next receipt key of this project. The old key's last word names it in the chain; until that is stored the old one signs.
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { rotateReceiptKey } from "@ces/engine";
import { withOwnerLock } from "@ces/files";
import { issuerKidOf } from "@ces/receipts";
import { defineCommand, done } from "../../define-command.ts";
import { nodeClock } from "../../wire/node-clock.ts";
import type { Project } from "../../wire/open-project.ts";
import { projectChain, projectSigner } from "../../wire/project-chain.ts";
import { dim, good, line, plain } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "the next key that signs the receipts of this project's deliveries",
  group: "Operations",
  args: [],
  options: [
    {
      name: "reason",
      kind: "choice",
      choices: ["scheduled", "compromised"],
      summary: "compromised: the old key is published as revoked from now on, too",
      fallback: "scheduled",
    },
  ],
  examples: [
    { line: "ces keys rotate-project", note: "then publish: ces receipts public-key --format jwks" },
    { line: "ces keys rotate-project --reason compromised", note: "somebody may have read the old one" },
  ],
  exits: [0, 2, 3, 4, 5],
  run: async (ctx) => {
    const reason = ctx.text("reason") === "compromised" ? "compromised" : "scheduled";
    const rotated = await withProject(ctx, (project) => rotate(project, reason));
    return done({ ...rotated, reason }, "ces receipts public-key --format jwks");
  },
  view: ({ data }) => [line(good`rotated`, plain`  ${data.old_kid} → ${data.kid}`, dim`  (${data.reason})`)],
});

// One at a time. A key that an interrupted rotation left is the next one: no receipt names it, so nothing was signed with it.
function rotate(
  project: Project,
  reason: "scheduled" | "compromised",
): { readonly old_kid: string; readonly kid: string } {
  const { epochs, makeNext, retireBefore } = project.keys.receipts;
  return withOwnerLock(join(project.state_dir, "locks", "receipt-key"), () => {
    const receipts = projectChain(project);
    const old = receipts.signer();
    // Of a rotation that was killed after its receipt was stored.
    retireBefore(old.public_key);
    const left = epochs().at(epochs().findIndex(({ public_key }) => issuerKidOf(public_key) === old.kid) + 1)?.signer;
    const next = projectSigner(left ?? makeNext());
    rotateReceiptKey({ store: project.store, receipts, clock: nodeClock, crypto: nodeCrypto }, next, reason);
    retireBefore(next.public_key);
    return { old_kid: old.kid, kid: next.kid };
  });
}
