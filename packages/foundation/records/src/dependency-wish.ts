// A change of dependencies as a person asked for it: exact versions, one package manager, and who looked at what stood against it.
import { z } from "zod";
import { Actor } from "./actor.ts";

export const PackageManager = z.enum(["npm", "pnpm", "yarn", "uv", "cargo", "go"]);
export type PackageManager = z.infer<typeof PackageManager>;

/** One package. SECURITY: name and version become words of a command line: nothing that an option or a shell could be made of. */
export const WishedPackage = z.strictObject({
  name: z.string().regex(/^@?[A-Za-z0-9][A-Za-z0-9._~/+-]{0,213}$/),
  /** Exact; null when the package is removed. */
  version: z
    .string()
    .regex(/^v?[0-9][0-9A-Za-z.!+-]{0,99}$/)
    .nullable(),
});
export type WishedPackage = z.infer<typeof WishedPackage>;

/** The wish. `accepted`: what stood against it before anything ran, word for word, and the person who said to go on; null when nothing did. */
export const DependencyWish = z.strictObject({
  schema: z.literal("ces.dependency-wish/v1"),
  manager: PackageManager,
  action: z.enum(["add", "remove"]),
  dev: z.boolean(),
  packages: z.array(WishedPackage).min(1).max(20),
  /** The delivery that ended as DEPENDENCY_CHANGE and why it did; null when nobody but the person asked. */
  asked_by: z.strictObject({ delivery_id: z.string(), why: z.string().max(4000) }).nullable(),
  accepted: z.strictObject({ by: Actor, findings: z.array(z.string().max(2000)).max(200) }).nullable(),
});
export type DependencyWish = z.infer<typeof DependencyWish>;
