// Whose chain is judged: a folder that the person names, or the project's own, which lies in its records.
import { resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { type ChainOptions, signCheckpoint } from "@ces/receipts";
import type { CommandContext } from "../define-command.ts";
import { projectChain } from "../wire/project-chain.ts";
import { withProject } from "../with-project.ts";
import { chainFolder } from "./chain-folder.ts";
import type { JudgedChain } from "./judge-chain.ts";
import { homeAnchors, keyHomeOf, nameOfKid } from "./key-home-of.ts";
import { openReceiptChain } from "./open-receipt-chain.ts";
import { anchorsIn, asFolder, projectReceipts } from "./project-receipts.ts";
import { namedSigner } from "./receipt-signer.ts";

/** A chain and what its owner knows of it. */
export type ChainSubject = {
  readonly folder: ReturnType<typeof chainFolder>;
  /** False for one that lies in a project's records. */
  readonly in_files: boolean;
  /** The owner's own keys. */
  readonly anchors: ChainOptions["anchors"];
  /** The name of a key to its owner. */
  readonly nameOf: (kid: string) => string | undefined;
  /** Where the chain lies, for a checkpoint not to be kept in it. */
  readonly place: string;
  /** The text of a checkpoint over the chain as it is now. Throws CesError `USAGE_OPTION`, `CHAIN_…`, `KEY_…`. */
  readonly checkpoint: (judged: JudgedChain) => Promise<string>;
  /** The command that judges it. */
  readonly command: string;
};

/** The folder of the command line, or the project's chain without one. Throws CesError `USAGE_FILE`, `NO_PROJECT`. */
export async function chainSubject(ctx: CommandContext): Promise<ChainSubject> {
  const named = ctx.args["dir"];
  return named === undefined ? projectSubject(ctx) : folderSubject(ctx, named);
}

function folderSubject(ctx: CommandContext, named: string): ChainSubject {
  const [home, path] = [keyHomeOf(ctx), resolve(ctx.cwd, named)];
  const command = `ces receipts chain ${named}`;
  return {
    folder: chainFolder(path),
    in_files: true,
    anchors: { jwks: homeAnchors(home) },
    nameOf: (kid) => nameOfKid(home, kid),
    place: path,
    command,
    checkpoint: async ({ spans }) => {
      const last = spans.at(-1);
      const kid = last?.handed_to ?? last?.kid ?? null;
      const name = ctx.text("key") ?? (kid === null ? undefined : nameOfKid(home, kid));
      if (name === undefined)
        throw new CesError("USAGE_OPTION", "`--key` is missing: the last receipt is signed by no key of yours", {
          remedy: `${command} --checkpoint-out FILE --key NAME`,
        });
      return openReceiptChain(path, await namedSigner(ctx, name)).checkpoint();
    },
  };
}

async function projectSubject(ctx: CommandContext): Promise<ChainSubject> {
  const { receipts, keys } = await projectReceipts(ctx);
  const kids = new Set(keys.map(({ kid }) => kid));
  return {
    folder: asFolder(receipts),
    in_files: false,
    anchors: anchorsIn({ keys }),
    nameOf: (kid) => (kids.has(kid) ? "this project" : undefined),
    place: ctx.cwd,
    command: "ces receipts chain",
    checkpoint: () => withProject(ctx, (project) => checkpointOf(projectChain(project))),
  };
}

function checkpointOf(chain: ReturnType<typeof projectChain>): string {
  const head = chain.reread();
  const signed = signCheckpoint({
    signer: chain.signer(),
    head,
    issued_at: new Date().toISOString(),
    crypto: nodeCrypto,
  });
  if (signed.kind === "signed") return signed.text;
  throw new CesError("RECEIPT_REFUSED", signed.causes.map(({ text }) => text).join("; "), {
    remedy: 'ces build "what you want to change", then again',
  });
}
