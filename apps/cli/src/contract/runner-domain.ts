// What running contracts needs of this account: folders of the trust domain, the person's configuration, the runner's own key, who may
// approve. It belongs to no project: a contract names its places itself.
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { isAbsolute, join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import type { PolicyApprover } from "@ces/contract";
import { defaultRunnerConfig, type ReceiptSigner, type RunnerConfig, type RunnerFolders } from "@ces/contract-runner";
import { atomicWrite, createOnce, ownedDirectory, readOwned } from "@ces/files";
import { CesError, encodeBase64, encodeHex, parseJson } from "@ces/kernel";
import { type Identities, openIdentities } from "@ces/keys";
import { ROOT_BOX_BASE } from "@ces/sandbox";
import { configDir, homeOf, type Place } from "../wire/account-folders.ts";

/** The key of this installation; `public_key` 32 bytes. */
export type RunnerKey = ReceiptSigner & { readonly public_file: string; readonly public_key: Uint8Array };

/** Everything of this account that a run may need. */
export type RunnerDomain = {
  readonly folders: RunnerFolders;
  /** Where the chain of receipts has its head. */
  readonly chain: string;
  readonly config: RunnerConfig;
  /** Real paths that no box sees. */
  readonly keepOut: readonly string[];
  /** The key of this installation, made at first use; `public_file` holds its public half, in hex. */
  readonly signer: () => RunnerKey;
  /** Folder of the chain of signed decision and execution receipts of all runs. */
  readonly receipts: string;
  /** Why nothing runs now; undefined when nothing is stopped. */
  readonly emergency: string | undefined;
  readonly identities: Identities;
  /** People whose approval counts where a policy names nobody: they proved themselves at this account's terminal. */
  readonly approvers: () => readonly PolicyApprover[];
  readonly addApprover: (approver: PolicyApprover) => void;
};

/** Opens it. Throws CesError `STATE_UNSAFE`, `CONFIG_INVALID`. */
export async function openRunnerDomain(place: Place): Promise<RunnerDomain> {
  const state = ownedDirectory(join(stateHome(place), "ces"));
  const own = ownedDirectory(join(state, "contracts"));
  const folder = (name: string): string => ownedDirectory(join(own, name));
  const config = configDir(place);
  const approversFile = join(own, "approvers.json");
  return {
    folders: {
      boxes: process.geteuid?.() === 0 ? ROOT_BOX_BASE : folder("boxes"),
      loans: folder("loans"),
      approvals: folder("approvals"),
    },
    chain: folder("chain"),
    config: await readConfig(join(config, "contracts.json")),
    keepOut: [state, config].filter((path) => existsSync(path)).map((path) => realpathSync(path)),
    signer: () => runnerKey(own),
    receipts: join(own, "receipts"),
    emergency: emergencyIn(place, config),
    identities: openIdentities(join(state, "identities")),
    approvers: () => readApprovers(approversFile),
    addApprover: (approver) => {
      const others = readApprovers(approversFile).filter(({ identity }) => identity !== approver.identity);
      atomicWrite(approversFile, `${JSON.stringify([...others, approver], null, 2)}\n`);
    },
  };
}

function stateHome(place: Place): string {
  const named = place.env["XDG_STATE_HOME"];
  if (named !== undefined && isAbsolute(named)) return named;
  const path = join(homeOf(place), ".local", "state");
  mkdirSync(path, { recursive: true });
  return path;
}

async function readConfig(path: string): Promise<RunnerConfig> {
  const bytes = readOwned(path);
  if (bytes === undefined) return defaultRunnerConfig;
  const { RunnerConfig } = await import("@ces/contract-runner");
  const json = parseJson(bytes);
  const read = json.kind === "refused" ? undefined : RunnerConfig.safeParse(json.value);
  if (read?.success === true) return read.data;
  // SECURITY: names of members only.
  const where = read?.error.issues.map((issue) => issue.path.join(".") || "the document").join(", ");
  throw new CesError(
    "CONFIG_INVALID",
    `\`${path}\` is wrong${where === undefined ? ": it is no strict JSON" : ` in ${where}`}`,
    {
      remedy: "docs/guides/contracts.md says what may stand there",
    },
  );
}

// A file and a variable, so that a person and a supervisor can both stop everything (F-20).
function emergencyIn(place: Place, config: string): string | undefined {
  const file = join(config, "contracts.halt");
  if (existsSync(file)) return `everything is stopped by \`${file}\``;
  const said = place.env["CES_CONTRACTS_HALT"];
  return said === undefined || said === "" || said === "0" ? undefined : "everything is stopped by CES_CONTRACTS_HALT";
}

function runnerKey(own: string): RunnerKey {
  const file = join(own, "runner.key");
  if (readOwned(file) === undefined) createOnce(file, new Uint8Array(randomBytes(32)));
  const seed = readOwned(file);
  if (seed?.length !== 32)
    throw new CesError("KEY_DAMAGED", `\`${file}\` is no key`, { remedy: "restore it, or move it away" });
  const public_key = nodeCrypto.ed25519PublicKey(seed);
  const public_file = join(own, "runner.pub");
  createOnce(public_file, `${encodeHex(public_key)}\n`);
  const key_id = `runner-${encodeHex(nodeCrypto.sha256(public_key)).slice(0, 16)}`;
  return { key_id, public_file, public_key, sign: (message) => nodeCrypto.ed25519Sign(seed, message) };
}

function readApprovers(path: string): readonly PolicyApprover[] {
  const bytes = readOwned(path);
  if (bytes === undefined) return [];
  const json = parseJson(bytes);
  if (json.kind === "refused" || !Array.isArray(json.value)) return [];
  return json.value.flatMap((one): PolicyApprover[] => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const { identity, public_key } = one as Readonly<Record<string, unknown>>; // an object, by the line above
    return typeof identity === "string" && typeof public_key === "string" ? [{ identity, public_key }] : [];
  });
}

/** A public key as policies and lists of approvers write it. */
export function approverKey(public_key: Uint8Array): string {
  return encodeBase64(public_key);
}
