// A scratch folder for one test, with a home and the guard's places below it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type GuardPlaces, guardPlaces } from "../src/guard-places.ts";

export interface Folder {
  readonly root: string;
  readonly home: string;
  readonly project: string;
  readonly places: GuardPlaces;
}

/** Gone when the test is. */
export function folder(): Folder {
  const root = mkdtempSync(join(tmpdir(), "ces-hooks-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = join(root, "home");
  const project = join(root, "project");
  mkdirSync(home);
  mkdirSync(project);
  return { root, home, project, places: guardPlaces({ HOME: home }) };
}
