// Whether a receipt follows the one before it.

import type { Crypto } from "@ces/kernel";
import { isBeforeDraft03 } from "../verify/early-draft.ts";
import type { Cause, Finding, Warning } from "../verify/cause.ts";
import type { ReceiptShape } from "../verify/report.ts";
import type { LegacyConvention } from "../verify/verify-options.ts";
import type { JudgedReceipt } from "../verify/verify-receipt.ts";
import { linkForm, linkHex } from "../verify/link-form.ts";
import { conventionOf, conventionText, type LinkConvention } from "./link.ts";

/** How one link stands. */
export type LinkVerdict = {
  readonly state: "holds" | "legacy" | "broken" | "none";
  readonly causes: readonly Finding[];
  readonly warnings: readonly Finding<Warning>[];
};

/** Everything known where a link is judged. `seen`: receipt hashes (hex) to their places. */
export type LinkGround = {
  readonly index: number;
  readonly before: JudgedReceipt | undefined;
  readonly seen: ReadonlyMap<string, number>;
  readonly accept: readonly LegacyConvention[];
  readonly crypto: Pick<Crypto, "sha256">;
};

const PATH = "/payload/previousReceiptHash";

// The one convention that a shape has of its own; whoever reads the shape reads its links.
const native: Partial<Record<ReceiptShape, LinkConvention>> = { "legacy-flat": "link_e", "sb-runtime-v1": "link_b" };

// Up to -02 the drafts left room for a link over the payload alone, and their software wrote it (spec/acta §1.5). Read with a warning;
// whoever cites -03 or later has been told.
function citesEarlyDraft({ located, report }: JudgedReceipt): boolean {
  if (report.shape !== "acta-envelope") return false;
  const spec = located?.payload?.["spec"];
  return spec === undefined || isBeforeDraft03(spec);
}

/** Judges the link of `one`. A null or otherwise mistyped link is the schema's business and counts as broken. */
export function judgeLink({ located }: JudgedReceipt, ground: LinkGround): LinkVerdict {
  const { index, before } = ground;
  const link = located?.link;
  if (before === undefined) return judgeFirst(link, index);
  if (link === undefined || typeof link !== "string")
    return broken(index, "chain_break", "does not name its predecessor");
  const form = linkForm(link);
  const hash = before.report.receipt_hash;
  if (form !== "malformed" && hash !== null && linkHex(hash) === linkHex(link))
    return form === "prefixed" ? HOLDS : legacy(index, "the link has no `sha256:` prefix");
  return judgeOther(link, before, ground);
}

function judgeFirst(link: unknown, index: number): LinkVerdict {
  if (typeof link !== "string") return NONE;
  if (linkForm(link) === "malformed") return broken(index, "chain_link_malformed", "the link is in no form of a draft");
  const text = "the first receipt given names a predecessor that is not there";
  return { ...NONE, warnings: [{ code: "first_link_unverified", path: PATH, text, index }] };
}

function judgeOther(link: string, before: JudgedReceipt, ground: LinkGround): LinkVerdict {
  const { index, seen, accept, crypto } = ground;
  const convention = conventionOf(link, before, crypto);
  const shape = before.report.shape;
  const read = shape !== null && (native[shape] === convention || (convention === "link_b" && citesEarlyDraft(before)));
  if (convention !== undefined && (read || accept.includes(convention)))
    return legacy(index, conventionText[convention]);
  const named = convention === undefined ? "" : `: ${conventionText[convention]} (\`${convention}\`)`;
  if (linkForm(link) === "malformed")
    return broken(index, "chain_link_malformed", `the link is in no form of a draft${named}`);
  const other = seen.get(linkHex(link));
  if (other !== undefined)
    return broken(
      index,
      "chain_break",
      `names receipt ${other} as its predecessor, not the one before it: a fork at receipt ${other}, or a wrong order`,
    );
  return broken(index, "chain_break", `does not name the receipt before it${named}`);
}

const HOLDS: LinkVerdict = { state: "holds", causes: [], warnings: [] };
const NONE: LinkVerdict = { state: "none", causes: [], warnings: [] };

function legacy(index: number, text: string): LinkVerdict {
  return { state: "legacy", causes: [], warnings: [{ code: "legacy_link", path: PATH, text, index }] };
}

function broken(index: number, code: Cause, text: string): LinkVerdict {
  return { state: "broken", causes: [{ code, path: PATH, text, index }], warnings: [] };
}
