// Both real clients behind one face: a scenario written once is played by claude and by codex.
import { randomBytes } from "node:crypto";
import { clientBinaries } from "../requirements.ts";
import { anthropicBrain, type Brain, openaiBrain } from "./model-brain.ts";
import { type Envelope, type ScratchShop, type ShopOptions, scratchShop } from "./scratch-shop.ts";
import { tapUpstream, type TappedRequest } from "./upstream-tap.ts";

export type ClientName = "claude" | "codex";
export const clientNames: readonly ClientName[] = ["claude", "codex"];

/** The request that issue 2 names. */
export const REQUEST = "Add input validation to the user registration endpoint";

/** A model for one client, and the environment that brings `ces`, the client and the model together. */
export interface ScriptedModel {
  readonly env: Record<string, string>;
  /** The real key: must reach the vendor and nothing else. */
  readonly key: string;
  /** Everything that reached the vendor. */
  readonly requests: readonly TappedRequest[];
  close(): Promise<void>;
}

/** Starts the model of `client` with this brain. The key is new and has no form that a redactor would know. */
export async function scriptedModel(client: ClientName, brain: Brain): Promise<ScriptedModel> {
  const fake = client === "claude" ? await anthropicBrain(brain) : await openaiBrain(brain);
  const tap = await tapUpstream(fake.url);
  const key = `canary.${randomBytes(9).toString("hex")}`;
  const env: Record<string, string> =
    client === "claude"
      ? { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: tap.url, CES_CLAUDE_BIN: clientBinaries().claude }
      : { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${tap.url}/v1`, CES_CODEX_BIN: clientBinaries().codex };
  const close = async (): Promise<void> => void (await Promise.all([tap.close(), fake.close()]));
  return { env: { ...env, CES_DEFAULT_RUNTIME: client }, key, requests: tap.requests, close };
}

/** One `ces … --json` in a shop. */
export interface Ran {
  readonly code: number | null;
  readonly document: Envelope;
  readonly data: BuildData;
}

/** The data of `ces build --json`, as far as issue 2 promises it. */
export interface BuildData {
  readonly delivery_id: string;
  readonly manifest_id: string;
  readonly state: string;
  readonly attempt: number;
  readonly tier: string;
  readonly triage: string | null;
  readonly runtime: string;
  readonly model: string;
  readonly evidence_id: string | null;
  readonly files: readonly string[];
  readonly checks: readonly {
    readonly command: string;
    readonly outcome: string;
    readonly passed: number | null;
    readonly failed: number | null;
  }[];
  readonly claim: string | null;
  readonly tool_gate: { readonly asked: number; readonly allowed: number; readonly denied: number };
  readonly usage: { readonly requests: number; readonly charged_tokens: number; readonly agents: number };
  readonly left_behind: readonly string[];
  readonly merged_commit: string | null;
  readonly blockers: readonly { readonly code: string; readonly text: string }[];
  readonly next: string | null;
}

/** A fresh shop with one model for the length of `play`; both are gone afterwards. */
export async function withShop<T>(
  client: ClientName,
  brain: Brain,
  play: (shop: ScratchShop, model: ScriptedModel) => Promise<T>,
  options: ShopOptions = {},
): Promise<T> {
  const shop = await scratchShop(options);
  const model = await scriptedModel(client, brain);
  try {
    return await play(shop, model);
  } finally {
    await model.close();
    shop.remove();
  }
}

/** `ces <args> --json`, with its data read as a delivery's. */
export async function runJson(shop: ScratchShop, model: ScriptedModel, args: readonly string[]): Promise<Ran> {
  const { code, document } = await shop.json(args, model.env);
  // The shape is asserted by the tests that use it.
  return { code, document, data: (document.data ?? {}) as unknown as BuildData };
}

/** `ces build <request> --yes --as tester --json` and more options. */
export const build = (
  shop: ScratchShop,
  model: ScriptedModel,
  more: readonly string[] = [],
  request = REQUEST,
): Promise<Ran> => runJson(shop, model, ["build", request, "--yes", "--as", "tester", ...more]);
