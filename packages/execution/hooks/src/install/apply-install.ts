// Carrying out a plan: remember first, then write; a crash in between leaves a record of more than was done, never of less.
import { CesError } from "@ces/kernel";
import type { GuardPlaces } from "../guard-places.ts";
import { keepRecord, readRecord, type RecordedFile } from "./install-record.ts";
import type { HostFile, InstallRequest } from "./install-plan.ts";
import { hostInstall, type InstallPlan, type Remembered } from "./plan-install.ts";
import { missingFolders, readSettings, refuseLinks, removeSettings, writeSettings } from "./settings-file.ts";

/** Writes the files of an installation's plan. Throws CesError `GUARD_SETTINGS`, `GUARD_PLACE`. */
export function applyInstall(plan: InstallPlan, request: InstallRequest, places: GuardPlaces): void {
  checkPlan(plan, request);
  const known = readRecord(places, request);
  const kinds = new Map(hostInstall(request).files.map((file) => [file.path, file]));
  const files = plan.changes.map(({ path, before, after }): RecordedFile => {
    const old = known.files.find((file) => file.path === path);
    const made = old?.made ?? missingFolders(path);
    return { path, original: originalOf(before, { old, file: kinds.get(path) }), written: after ?? "", made };
  });
  const rest = known.files.filter(({ path }) => !files.some((file) => file.path === path));
  keepRecord(places, request, { files: [...rest, ...files] });
  for (const { path, after } of plan.changes) writeSettings(path, after ?? "");
}

interface Earlier {
  readonly old: RecordedFile | undefined;
  readonly file: HostFile | undefined;
}

// Installed over an older entry of ours: what is to be put back one day is the text without it.
function originalOf(before: string | null, { old, file }: Earlier): string | null {
  if (old !== undefined && old.written === before) return old.original;
  if (before === null || file === undefined || file.whole) return null;
  return file.remove(before) ?? before;
}

/** Writes the files of an uninstallation's plan and forgets the installation. Throws CesError `GUARD_SETTINGS`, `GUARD_PLACE`. */
export function applyUninstall(plan: InstallPlan, request: InstallRequest, places: GuardPlaces): void {
  checkPlan(plan, request);
  const known = readRecord(places, request);
  for (const { path, after } of plan.changes) {
    const made = known.files.find((file) => file.path === path)?.made ?? [];
    if (after === null) removeSettings(path, made);
    else writeSettings(path, after);
  }
  keepRecord(places, request, { files: [] });
}

// What was shown is what is written: a file that changed since is looked at again by whoever asked.
function checkPlan({ changes }: InstallPlan, { scope, places }: InstallRequest): void {
  for (const { path, before } of changes) {
    if (scope === "project") refuseLinks(path, places.project);
    if (readSettings(path) !== before)
      throw new CesError("GUARD_SETTINGS", `\`${path}\` changed while it was asked about`, { remedy: "try again" });
  }
}

/** What is known of a file from the installation. */
export const remembered =
  (places: GuardPlaces, request: InstallRequest) =>
  (path: string): Remembered | undefined =>
    readRecord(places, request).files.find((file) => file.path === path);
