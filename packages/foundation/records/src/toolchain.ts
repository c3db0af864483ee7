// Which programs a run may use: resolved once, outside the project, by absolute path (S24, DESIGN §5).
import { z } from "zod";
import { Sha256Hex } from "./scalar.schema.ts";

/** One program of the toolchain. `mounts` are the host directories that must be visible read-only to run it. */
export const Tool = z.strictObject({
  program: z.string(),
  path: z.string().startsWith("/"),
  sha256: Sha256Hex,
  version: z.string(),
  mounts: z.array(z.string().startsWith("/")),
});
export type Tool = z.infer<typeof Tool>;

export const Toolchain = z.array(Tool);
export type Toolchain = z.infer<typeof Toolchain>;
