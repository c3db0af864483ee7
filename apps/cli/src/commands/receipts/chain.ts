// `ces receipts chain [DIR]`: the whole chain of this project, or of a folder: every signature and link, gaps and forks, whose key signed what. With `--checkpoint-out` its
// length is signed and kept elsewhere, which is the only thing that shows a missing tail later.
import { resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, type Json } from "@ces/kernel";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import { chainLines } from "../../receipts/chain-lines.ts";
import { type ChainSubject, chainSubject } from "../../receipts/chain-subject.ts";
import { checkCheckpointPlace, keepCheckpoint, readCheckpointFile } from "../../receipts/checkpoint-place.ts";
import { judgeChain, type JudgedChain } from "../../receipts/judge-chain.ts";
import { keyOption, passphraseFileOption } from "../../receipts/key-options.ts";
import { receiptBlockers } from "../../receipts/report-lines.ts";
import { trustedKeys } from "../../receipts/verify-request.ts";
import { plainData } from "../../story/plain-data.ts";

const exits = { valid: 0, invalid: 4, undecidable: 6 } as const;

export const command = defineCommand({
  summary: "the whole chain of this project or of a folder: is it authentic, in one line, and complete",
  group: "Execution",
  args: [{ name: "dir", summary: "the folder of a chain; the one of this project without it", required: false }],
  options: [
    {
      name: "keys",
      kind: "text",
      value: "FILE",
      summary: "the keys you trust: JWK Set, JWK, PEM or 64 hex digits",
      fallback: "your own of `ces keys list`, or the project's",
    },
    { name: "checkpoint", kind: "text", value: "FILE", summary: "a signed checkpoint that was held apart" },
    {
      name: "checkpoint-out",
      kind: "text",
      value: "FILE",
      summary:
        "sign how long the chain is and keep it there, where no agent can write; the one before it is judged first",
    },
    { ...keyOption, fallback: "for a checkpoint: the name that signed the last receipt" },
    passphraseFileOption,
  ],
  examples: [
    { line: "ces receipts chain", note: "what the deliveries of this project signed" },
    { line: "ces receipts chain receipts", note: "under your own keys" },
    {
      line: "ces receipts chain receipts --checkpoint-out ~/checkpoints/receipts.json",
      note: "nothing is missing since the last time",
    },
    { line: "ces receipts chain receipts --keys keys.json --checkpoint held.json", note: "for whoever got a copy" },
  ],
  exits: [0, 2, 3, 4, 5, 6],
  run: async (ctx) => {
    const place = placeOf(ctx, "checkpoint-out");
    const subject = await chainSubject(ctx);
    if (place !== null) checkCheckpointPlace(place, subject.place);
    const anchors = ctx.text("keys") === undefined ? subject.anchors : trustedKeys(ctx).anchors;
    const judged = judgeChain(subject.folder, { crypto: nodeCrypto, anchors }, heldOf(ctx, place));
    const { report, files, spans } = judged;
    const { outcome, causes, count, terminal_hash, ...rest } = report;
    const signs = place !== null && outcome === "valid";
    const checkpoint = signs ? { path: place, count: await signedInto(place, subject, judged) } : null;
    const next = `${subject.command} --checkpoint-out FILE`;
    return {
      exit: exits[outcome],
      data: plainData({
        ...rest,
        outcome,
        causes,
        count,
        head: terminal_hash,
        files: subject.in_files ? files : null,
        spans: spans.map((one) => ({ ...one, name: one.kid === null ? null : (subject.nameOf(one.kid) ?? null) })),
        checkpoint,
      }),
      blockers: receiptBlockers(causes, count),
      next: outcome === "valid" && place === null && rest.established_count === null ? next : null,
    };
  },
  view: ({ data }) => chainLines(data),
});

function placeOf(ctx: CommandContext, option: "checkpoint" | "checkpoint-out"): string | null {
  const name = ctx.text(option);
  return name === undefined ? null : resolve(ctx.cwd, name);
}

// What was held apart, and what the new checkpoint would take the place of: a chain that became shorter is found before the proof of it is gone.
function heldOf(ctx: CommandContext, place: string | null): readonly Json[] {
  const named = placeOf(ctx, "checkpoint");
  const given = named === null ? undefined : readCheckpointFile(named);
  if (named !== null && given === undefined)
    throw new CesError("USAGE_FILE", `\`${named}\` is not there`, { remedy: "name a signed checkpoint" });
  const before = place === null || place === named ? undefined : readCheckpointFile(place);
  return [given, before].filter((one) => one !== undefined);
}

// Receipts that came since are counted, too: they are judged before the checkpoint is signed.
async function signedInto(place: string, subject: ChainSubject, judged: JudgedChain): Promise<number> {
  const text = await subject.checkpoint(judged);
  const count = Number(JSON.parse(text).payload.count);
  if (count < judged.report.count)
    throw new CesError("CHAIN_BROKEN", "the chain became shorter while it was judged", {
      remedy: subject.command,
    });
  keepCheckpoint(place, text);
  return count;
}
