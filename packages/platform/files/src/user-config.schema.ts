// The user's own configuration, `${XDG_CONFIG_HOME}/ces/config.yaml`: what it may say. An unknown key is an error.
import { z } from "zod";

const AbsolutePath = z.string().regex(/^\/[^\0]*$/, "must be an absolute path");

/** An http(s) origin without path, user or query; http only to loopback (S07). */
const Origin = z
  .string()
  .refine(isOrigin, "must be an https origin such as https://api.example.com (http only to loopback)");

/** A model endpoint and the one key that may go there. */
const Upstream = z
  .strictObject({
    vendor: z.enum(["anthropic", "openai"]),
    origin: Origin,
    key_file: AbsolutePath.optional(),
    key: z.string().min(1).optional(),
  })
  .refine((one) => (one.key_file === undefined) !== (one.key === undefined), "needs exactly one of key_file and key");

const Runtime = z.enum(["claude", "codex"]);
const Model = z.string().min(1).max(200);

const Version = z.string().regex(/^\d+\.\d+\.\d+$/, "must be a version such as 2.1.328");

/** The whole file. */
export const UserConfig = z.strictObject({
  default_runtime: Runtime.optional(),
  upstreams: z.array(Upstream).optional(),
  models: z.strictObject({ claude: Model.optional(), codex: Model.optional() }).optional(),
  roster: z.array(z.strictObject({ runtime: Runtime, model: Model })).optional(),
  /** Versions of a client that this user accepts beyond the tested ones (spec/runtimes §9). */
  accept_versions: z
    .strictObject({ claude: z.array(Version).optional(), codex: z.array(Version).optional() })
    .optional(),
  binaries: z
    .strictObject({
      claude: AbsolutePath.optional(),
      codex: AbsolutePath.optional(),
      git: AbsolutePath.optional(),
      bwrap: AbsolutePath.optional(),
    })
    .optional(),
});
export type UserConfig = z.infer<typeof UserConfig>;

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.origin !== text) return false;
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))
  );
}
