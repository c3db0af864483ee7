// What a package manifest says about dependencies, without what it says about anything else.
import { canonicalize, parseJson, type Json } from "@ces/kernel";

const blocks = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "optionalDependencies",
  "bundleDependencies",
  "bundledDependencies",
  "dependenciesMeta",
  "overrides",
  "resolutions",
  "pnpm",
  "catalog",
  "catalogs",
  "workspaces",
  "packageManager",
  "devEngines",
  "trustedDependencies",
  "require",
  "require-dev",
  "imports",
] as const;

/**
 * The dependency part of a JSON manifest as canonical text; '' for an absent file.
 * Undefined when the text is no JSON object: then nothing can be said, and any change counts.
 */
export function dependencyBlocks(bytes: Uint8Array | null): string | undefined {
  if (bytes === null) return canonicalize({}, "rfc8785");
  const read = parseJson(bytes);
  if (read.kind !== "parsed" || !isObject(read.value)) return undefined;
  const manifest = read.value;
  const picked = blocks.flatMap((name) =>
    Object.hasOwn(manifest, name) ? [[name, manifest[name] ?? null] as const] : [],
  );
  return canonicalize(Object.fromEntries(picked), "rfc8785");
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
