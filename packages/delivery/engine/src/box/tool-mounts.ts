// The sealed toolchain as read-only mounts and a PATH: what is below /usr is there anyway, the rest keeps its own path.
import type { ReadOnlyMount } from "@ces/sandbox";
import type { Toolchain } from "@ces/records";
import { dirname } from "node:path";

/** Mounts for programs outside /usr, and a PATH with the toolchain first. */
export function toolMounts(toolchain: Toolchain): { readonly mounts: readonly ReadOnlyMount[]; readonly path: string } {
  const outside = toolchain.filter((tool) => !tool.path.startsWith("/usr/"));
  const mounts = [...new Set(outside.flatMap((tool) => tool.mounts))].map((source) => ({ source, inside: source }));
  const folders = [...new Set(toolchain.map((tool) => dirname(tool.path)))];
  return { mounts, path: [...new Set([...folders, "/usr/bin", "/bin"])].join(":") };
}
