// Programs of the host, each resolved once to an absolute real file outside every project (S24).
import { CesError } from "@ces/kernel";
import { resolveTool, type ToolSearch } from "@ces/sandbox";

/** The path of a program. Throws the given code (exit 5) when there is none that may be believed, naming what was passed over. */
export function requireTool(
  name: string,
  search: ToolSearch,
  missing: { readonly code: string; readonly remedy: string },
): string {
  const found = resolveTool(name, search);
  if (found.kind === "found") return found.tool.path;
  const skipped = found.skipped.map(({ path, why }) => `${path} (${why})`).join(", ");
  throw new CesError(missing.code, `\`${name}\` was not found${skipped === "" ? "" : `; passed over: ${skipped}`}`, {
    remedy: missing.remedy,
  });
}
