// The files that tie a project to its state, as they stand in the trust domain.
import { z } from "zod";

/** A project's random id: 32 lower-case hex characters. It names a folder, so nothing else is taken. */
export const ProjectId = z.string().regex(/^[0-9a-f]{32}$/);

/** Which folder a project id belongs to. `first_commit` is null while the repository has none. */
export const Binding = z.strictObject({
  schema: z.literal("ces.project-binding/v1"),
  project_id: ProjectId,
  path: z.string(),
  device: z.string().regex(/^\d+$/),
  inode: z.string().regex(/^\d+$/),
  /** Nanoseconds since 1970 when the folder was made, 0 where the file system does not tell: inode numbers are used again. */
  born: z.string().regex(/^\d+$/),
  first_commit: z.string().nullable(),
});
export type Binding = z.infer<typeof Binding>;

/** What was in use at the last run, by name. */
export const Remembered = z.strictObject({
  schema: z.literal("ces.remembered/v1"),
  facts: z.record(z.string(), z.string()),
});
export type Remembered = z.infer<typeof Remembered>;

/** What was found out about programs, by question and file. */
export const KnownProgramsText = z.strictObject({
  schema: z.literal("ces.known-programs/v1"),
  answers: z.record(z.string(), z.string()),
});
