// The Cedar engine, loaded by the command that has Cedar policies in front of it and by nobody else: it is four megabytes.
import type { CedarEngine } from "@ces/governance-rules";

/** The engine; null when it cannot be loaded, which denies. */
export async function loadCedar(): Promise<CedarEngine | null> {
  try {
    return await import("@cedar-policy/cedar-wasm/nodejs");
  } catch {
    return null;
  }
}
