// Names under which a reviewer sees a tree: what a client would load as an instruction gets a name that it ignores (S23).
import { isInstructionName } from "@ces/sensors";

/**
 * The path with `.data` behind every segment that names instructions: `AGENTS.md` becomes `AGENTS.md.data`.
 * INVARIANT: injective: a name that looks renamed already is renamed once more.
 */
export function renameForReview(path: string): string {
  return path
    .split("/")
    .map((segment) => (isInstructionName(segment.replace(/(?:\.data)+$/i, "")) ? `${segment}.data` : segment))
    .join("/");
}
