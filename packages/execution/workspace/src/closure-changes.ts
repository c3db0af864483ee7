// What a delta does to the files that decide a check (S12).
import type { CheckSpec, Delta } from "@ces/records";
import { isCheckDefinition, isTestPath } from "./check-definition.ts";

/** Paths by what happened to them. `definitions` includes files that newly define a check. */
export type ClosureChanges = {
  readonly definitions: readonly string[];
  readonly tests_changed: readonly string[];
  readonly tests_deleted: readonly string[];
  readonly tests_added: readonly string[];
};

/** Compares in-scope changes with a sealed closure. Anything but `tests_added` is a touched check. */
export function closureChanges(closure: CheckSpec["closure"], delta: Delta): ClosureChanges {
  const sealed = new Set(closure.map((file) => file.path));
  const definitions = delta.in_scope.filter((file) => isCheckDefinition(file.path));
  const tests = delta.in_scope.filter(
    (file) => !isCheckDefinition(file.path) && (sealed.has(file.path) || isTestPath(file.path)),
  );
  const paths = (change: (kind: string) => boolean): readonly string[] =>
    tests.filter((file) => change(file.change)).map((file) => file.path);
  return {
    definitions: definitions.map((file) => file.path),
    tests_changed: paths((kind) => kind === "modified" || kind === "mode"),
    tests_deleted: paths((kind) => kind === "deleted"),
    tests_added: paths((kind) => kind === "added"),
  };
}
