// What the person who runs contracts says about their machine: where programs are, who hands out secrets, how much a command may take.
// It lies in their own configuration; no contract, policy or repository reaches it.
import { z } from "zod";

const AbsolutePath = z.string().regex(/^\/(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\0]*$/);
const Name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
const Count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const SecretProvider = z.union([
  z.strictObject({ file: AbsolutePath }),
  z.strictObject({
    /** Absolute program and its arguments; the value is its standard output. */
    command: z.array(z.string().min(1)).min(1),
    timeout_sec: z.number().int().min(1).max(300).default(30),
    /** Names of variables it needs, such as HOME; none unless told. */
    env: z.array(z.string().min(1)).default([]),
  }),
]);
/** Where the value of one secret comes from. One newline at its end is not part of it. */
export type SecretProvider = z.infer<typeof SecretProvider>;

export const RunnerLimits = z.strictObject({
  /** Of all processes of a command together where the kernel can hold that; of each of them always. */
  memory_bytes: Count.default(2 * 1024 ** 3),
  processes: Count.default(256),
  open_files: Count.default(1024),
  file_bytes: Count.default(1024 ** 3),
  tmp_bytes: Count.default(256 * 1024 ** 2),
  /** What the writable places may grow by. */
  disk_bytes: Count.default(1024 ** 3),
  disk_names: Count.default(100_000),
  /** What may leave for one host of the allow-list in one command. */
  bytes_out: Count.default(16 * 1024 ** 2),
});
/** Bytes and counts for one command. */
export type RunnerLimits = z.infer<typeof RunnerLimits>;

export const RunnerConfig = z.strictObject({
  schema: z.literal("ces.contracts/v1"),
  /** Folders in which programs are looked for, in their order. No environment changes them. */
  path: z
    .array(AbsolutePath)
    .min(1)
    .default(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]),
  /** By the name in `argv[0]`: programs it starts and places it reads that belong to its installation. */
  programs: z
    .record(
      z.string().min(1),
      z.strictObject({ starts: z.array(z.string().min(1)).default([]), reads: z.array(AbsolutePath).default([]) }),
    )
    .default({}),
  secrets: z.record(Name, SecretProvider).default({}),
  limits: RunnerLimits.prefault({}),
});
/** The configuration with its defaults. */
export type RunnerConfig = z.infer<typeof RunnerConfig>;
