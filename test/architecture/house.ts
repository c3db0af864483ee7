// The house as data: who may import whom, which third-party package is used where, and which files may read
// the disk or start a process. A new line here is a decision; each says why.

/** A plane is a folder of packages; `apps` and `delivery` count as one each. */
export type Plane = "foundation" | "control" | "harness" | "execution" | "platform" | "delivery" | "apps";

/** DESIGN §1: from → to. Cycles are refused besides. */
export const mayImport: Readonly<Record<Plane, readonly Plane[]>> = {
  foundation: ["foundation"],
  control: ["foundation", "control"],
  harness: ["foundation", "harness"],
  execution: ["foundation", "execution"],
  platform: ["foundation", "platform"],
  delivery: ["foundation", "control", "harness", "execution", "delivery"],
  apps: ["foundation", "control", "harness", "execution", "platform", "delivery"],
};

/** Inside foundation the order is fixed: kernel knows nobody. */
export const foundationOrder: Readonly<Record<string, readonly string[]>> = {
  "@ces/kernel": [],
  "@ces/records": ["@ces/kernel"],
  "@ces/ports": ["@ces/kernel", "@ces/records"],
};

/** Planes that take facts and ports and never reach out. */
const purePlanes: readonly string[] = ["foundation", "control", "harness"];
const pureRooms: readonly string[] = [
  "packages/execution/guard",
  "packages/execution/contract",
  "packages/execution/contract-packs",
  "packages/execution/governance-rules",
  "packages/execution/receipts",
  "packages/execution/receipt-store",
];

/** True for a package that compiles without node types. */
export function isPure(room: { readonly plane: string; readonly folder: string }): boolean {
  return purePlanes.includes(room.plane) || pureRooms.includes(room.folder);
}

/** Third-party packages a `src/` may use, and where. Whatever is not here is used nowhere; zod has its own rule. */
export const thirdParty: Readonly<Record<string, readonly string[]>> = {
  "@noble/curves": ["packages/foundation/kernel"],
  "@noble/ed25519": ["packages/foundation/kernel"],
  "@noble/hashes": ["packages/foundation/kernel"],
  xstate: ["packages/control/workflow"],
  yaml: ["packages/control/policy", "packages/platform/files", "packages/execution/governance-rules"],
  "@cedar-policy/cedar-wasm": ["apps/cli"],
  unbash: ["packages/execution/guard"],
  yauzl: ["packages/execution/advisories"],
  "better-sqlite3": ["packages/platform/store"],
  "drizzle-orm": ["packages/platform/store"],
  commander: ["apps/cli"],
  ink: ["apps/cli"],
  react: ["apps/cli"],
};

/** Loaded only by the commands that need them, never on the way to `--version` (DESIGN §6). */
export const lazyOnly: readonly string[] = ["ink", "react", "drizzle-orm", "better-sqlite3", "xstate"];

/** Names that say nothing (STYLE, Names). As a file, a folder or a package. */
export const emptyNames: readonly string[] = [
  "core",
  "common",
  "shared",
  "misc",
  "types",
  "utils",
  "util",
  "helpers",
  "helper",
];

/** Words that say nothing as part of a name: `session-manager.ts`. */
export const emptyWords: readonly string[] = ["utils", "util", "helpers", "helper", "manager", "service", "handler"];
