// Which version of a client may be driven: the control protocols are not documented wire formats (spec/runtimes §9).
import type { Runtime } from "./runtime.ts";

/** Whether a version may be driven, and why not. */
export type Support =
  | { readonly kind: "supported"; readonly version: string; readonly tested: boolean }
  | {
      readonly kind: "refused";
      readonly code: "RUNTIME_UNTESTED" | "RUNTIME_UNREADABLE";
      readonly text: string;
      readonly remedy: string;
    };

/**
 * Judges what the program printed for `versionArgs`. Versions that the suite does not drive are refused, unless the
 * user's own configuration names them in `accepted` (never the repository's).
 */
export function supportedVersion(runtime: Runtime, output: string, accepted: readonly string[]): Support {
  const version = runtime.parseVersion(output);
  if (version === null)
    return {
      kind: "refused",
      code: "RUNTIME_UNREADABLE",
      text: `the program does not answer like ${runtime.name}`,
      remedy: `set CES_${runtime.name.toUpperCase()}_BIN to the native binary of ${runtime.name}`,
    };
  const tested = runtime.tested.includes(version);
  if (tested || accepted.includes(version)) return { kind: "supported", version, tested };
  return {
    kind: "refused",
    code: "RUNTIME_UNTESTED",
    text: `${runtime.name} ${version} is not a tested version (${runtime.tested.join(", ")})`,
    remedy: `install ${runtime.name} ${runtime.tested[0] ?? ""}, or accept ${version} in your own configuration (accept_versions)`,
  };
}
