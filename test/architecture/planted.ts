// Faults planted on purpose: each is one file of a made-up package and the rule that must find it.
// A rule that stops finding its own fault is not a rule any more.
import type { Package } from "../../scripts/workspace.ts";

/** A planted fault. `room` is one of `plantedRooms`; `within` defaults to `src/plant.ts`. */
export interface Plant {
  readonly rule: string;
  readonly room: string;
  readonly within?: string;
  readonly text: string;
}

/** The made-up neighbours: one package per plane, as small as they get. */
export const plantedRooms: readonly Package[] = [
  room("foundation", "kernel", { "./testing": "./src/testing.ts" }),
  room("foundation", "records"),
  room("control", "policy"),
  room("control", "workflow"),
  room("harness", "trust"),
  room("execution", "guard"),
  room("execution", "gateway"),
  room("platform", "store"),
  {
    name: "@ces/delivery",
    folder: "packages/delivery",
    plane: "delivery",
    dependencies: [],
    exports: { ".": "./src/index.ts" },
  },
  { name: "@ces/cli", folder: "apps/cli", plane: "apps", dependencies: [], exports: {} },
];

/** Must be found. */
export const faults: readonly Plant[] = [
  { rule: "planes", room: "@ces/kernel", text: 'import { Manifest } from "@ces/records"' },
  { rule: "planes", room: "@ces/records", text: 'export { advance } from "@ces/workflow"' },
  { rule: "planes", room: "@ces/policy", text: 'import type { Trust } from "@ces/trust"' },
  { rule: "planes", room: "@ces/guard", text: 'type Policy = import("@ces/policy").Policy' },
  { rule: "planes", room: "@ces/trust", text: 'const { open } = await import("@ces/store")' },
  { rule: "planes", room: "@ces/store", text: 'import { advance } from "@ces/workflow"' },
  { rule: "planes", room: "@ces/delivery", text: 'import { openStore } from "@ces/store"' },
  { rule: "planes", room: "@ces/gateway", text: 'import { deliver } from "@ces/delivery"' },
  { rule: "planes", room: "@ces/policy", text: 'import { x } from "@ces/nobody"' },
  { rule: "publicFace", room: "@ces/delivery", text: 'import { advance } from "@ces/workflow/src/advance.ts"' },
  { rule: "publicFace", room: "@ces/cli", text: 'import { fixedClock } from "@ces/kernel/testing"' },
  {
    rule: "publicFace",
    room: "@ces/policy",
    within: "test/a.test.ts",
    text: 'import { x } from "@ces/kernel/src/x.ts"',
  },
  { rule: "ownWalls", room: "@ces/policy", text: 'import { advance } from "../../workflow/src/advance.ts"' },
  { rule: "ownWalls", room: "@ces/policy", text: 'import { table } from "../test/table.ts"' },
  {
    rule: "ownWalls",
    room: "@ces/policy",
    within: "test/a.test.ts",
    text: 'import { x } from "../../../../scripts/x.ts"',
  },
  { rule: "notOwnIndex", room: "@ces/policy", text: 'import { decide } from "./index.ts"' },
  { rule: "notOwnIndex", room: "@ces/policy", within: "src/rules/a.ts", text: 'import { decide } from "../index.ts"' },
  { rule: "notOwnIndex", room: "@ces/policy", text: 'import { decide } from "@ces/policy"' },
  { rule: "pure", room: "@ces/guard", text: 'import { readFileSync } from "node:fs"' },
  { rule: "pure", room: "@ces/policy", text: 'import type { Hash } from "crypto"' },
  { rule: "pure", room: "@ces/trust", text: 'const fs = process.getBuiltinModule("node:fs")' },
  { rule: "readable", room: "@ces/gateway", text: 'import { createServer } from "http"' },
  { rule: "readable", room: "@ces/gateway", text: "const found = await import(name)" },
  { rule: "readable", room: "@ces/gateway", text: "const found = require(`node:${name}`)" },
  { rule: "outsiders", room: "@ces/policy", text: 'import { createMachine } from "xstate"' },
  { rule: "outsiders", room: "@ces/guard", text: 'import lodash from "lodash/fp"' },
  { rule: "outsiders", room: "@ces/gateway", text: 'import { sha256 } from "@noble/hashes/sha2.js"' },
  { rule: "outsiders", room: "@ces/delivery", text: 'import { render } from "ink"' },
  { rule: "schemas", room: "@ces/policy", text: 'import { z } from "zod"' },
  { rule: "schemas", room: "@ces/store", text: 'import * as z from "zod/v4"' },
  { rule: "diskReads", room: "@ces/delivery", text: 'import { readFileSync } from "node:fs"' },
  { rule: "diskReads", room: "@ces/gateway", text: 'import { readFile as take } from "node:fs/promises"' },
  { rule: "diskReads", room: "@ces/store", text: 'import * as fs from "node:fs"' },
  { rule: "diskReads", room: "@ces/store", text: 'import fs from "fs"' },
  { rule: "diskReads", room: "@ces/store", text: 'import { promises } from "node:fs"' },
  { rule: "diskReads", room: "@ces/cli", text: 'const { copyFile } = await import("node:fs/promises")' },
  { rule: "diskReads", room: "@ces/cli", text: 'export { openSync } from "node:fs"' },
  { rule: "starters", room: "@ces/delivery", text: 'import { spawn } from "node:child_process"' },
  { rule: "namedExports", room: "@ces/policy", text: "export default function decide() {}" },
  { rule: "namedExports", room: "@ces/policy", text: "const decide = 1; export { decide as default }" },
  { rule: "shortIndex", room: "@ces/policy", within: "src/index.ts", text: 'export * from "./decide.ts"' },
  { rule: "shortIndex", room: "@ces/policy", within: "src/index.ts", text: "export const decide = 1" },
  {
    rule: "shortIndex",
    room: "@ces/policy",
    within: "src/index.ts",
    text: "\n".repeat(39) + 'export { decide } from "./decide.ts"\n',
  },
  { rule: "tellingName", room: "@ces/policy", within: "src/utils.ts", text: "" },
  { rule: "tellingName", room: "@ces/policy", within: "src/types.ts", text: "" },
  { rule: "tellingName", room: "@ces/policy", within: "src/common/decide.ts", text: "" },
  { rule: "tellingName", room: "@ces/policy", within: "src/session-manager.ts", text: "" },
  { rule: "kebabCase", room: "@ces/policy", within: "src/routeReview.ts", text: "" },
];

/** Must be left alone. */
export const spared: readonly Omit<Plant, "rule">[] = [
  { room: "@ces/records", text: 'import { z } from "zod"; import { CesError } from "@ces/kernel"' },
  { room: "@ces/kernel", text: 'import { sha256 } from "@noble/hashes/sha2.js"' },
  { room: "@ces/workflow", text: 'import { createMachine } from "xstate"; import { decide } from "@ces/policy"' },
  { room: "@ces/store", within: "src/row.schema.ts", text: 'import { z } from "zod"' },
  { room: "@ces/gateway", text: 'import { createServer } from "node:http"; import { writeFileSync } from "node:fs"' },
  { room: "@ces/delivery", text: 'import { advance } from "@ces/workflow"; import { judge } from "@ces/trust"' },
  { room: "@ces/cli", text: 'import { openStore } from "@ces/store"; const { render } = await import("ink")' },
  { room: "@ces/policy", text: '// import fs from "node:fs"\nexport const text = `import "@ces/store"`' },
  { room: "@ces/policy", within: "src/index.ts", text: 'export { decide } from "./decide.ts"' },
  {
    room: "@ces/policy",
    within: "test/a.test.ts",
    text: 'import { x } from "@ces/kernel/testing"; import { y } from "../../../../test/support/y.ts"',
  },
];

function room(plane: string, name: string, more: Record<string, string> = {}): Package {
  return {
    name: `@ces/${name}`,
    folder: `packages/${plane}/${name}`,
    plane,
    dependencies: [],
    exports: { ".": "./src/index.ts", ...more },
  };
}
