// What a check's meaning depends on: its definition (never the agent's) and its tests (the base's version is laid over).
import { protectionOf } from "./protected-paths.ts";

const TEST_FOLDER = /(^|\/)(test|tests|__tests__|__mocks__|__snapshots__|spec|specs|e2e|testdata|test-data|fixtures)\//;
const TEST_FILE =
  /(^|[/._-])(test|tests|spec)\.[a-z]+$|(^|\/)test_[^/]*\.py$|_test\.(py|go|rs|rb|exs?)$|\.(test|spec)\.[a-z]+$/i;

/** True for manifests, lockfiles, runner configuration, installers' settings and CI. */
export function isCheckDefinition(path: string): boolean {
  return protectionOf(path)?.check ?? false;
}

/** True for tests and what stands in their folders. */
export function isTestPath(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path);
}
