// What a person asked for on the command line, as it is journalled with the first effect, so that `continue` after a
// crash asks for nothing twice.
import { DependencyWish } from "@ces/records";
import { z } from "zod";

/** Options of `build` and `manifest`. Lists are empty and values null where nothing was said. */
export const BuildOptions = z.strictObject({
  request: z.string().min(1).max(20_000),
  caller: z.enum(["build", "manifest"]),
  project_mode: z.enum(["greenfield", "brownfield"]).nullable(),
  constraints: z.array(z.string()),
  acceptance: z.array(z.string()),
  must_not_break: z.array(z.string()),
  source_of_truth: z.string().nullable(),
  critical_flows: z.array(z.string()),
  scope: z.array(z.string()),
  /** Command lines added by `--check`. */
  checks: z.array(z.string()),
  network_hosts: z.array(z.string()),
  model: z.string().nullable(),
  token_budget: z.number().int().min(1).nullable(),
  request_budget: z.number().int().min(1).nullable(),
  /** Micro-dollars. */
  cost_budget: z.number().int().min(1).nullable(),
  /** Seconds. */
  time_budget: z.number().int().min(1).nullable(),
  /** Cassette of a replay run: absolute path and hash, else null. */
  cassette: z.string().nullable(),
  /** A change of dependencies, which CES carries out itself; null for everything that an agent does. */
  install: DependencyWish.nullable().default(null),
});
export type BuildOptions = z.infer<typeof BuildOptions>;
