// Which yarn a project is made for: yarn 1 and berry take different switches.
import type { Arg } from "../../arg.ts";
import type { Evaluation } from "../../profile.ts";
import { foldersUp } from "../install/read-project.ts";
import { foldersOf } from "./client-install.ts";
import { lineFacts } from "./line-facts.ts";

/** `classic` is yarn 1. */
export type YarnGeneration = "classic" | "berry" | "unknown";

/** The lockfile says which yarn wrote it; without one, what the project says of itself. */
export function yarnGeneration(on: Evaluation, dir: Arg | undefined): YarnGeneration {
  const facts = lineFacts(on);
  const folders = foldersOf(on, dir).flatMap((folder) => foldersUp(folder, on.setting.workspaces));
  const lock = folders
    .map((folder) => facts.read(`${folder}/yarn.lock`, 16 * 1024 * 1024))
    .find((text) => text !== undefined);
  if (lock !== undefined) return /^__metadata:/m.test(lock) ? "berry" : "classic";
  const berry = folders.some(
    (folder) =>
      facts.lstat(`${folder}/.yarnrc.yml`) !== undefined ||
      /"packageManager"\s*:\s*"yarn@[2-9]/.test(facts.read(`${folder}/package.json`, 1024 * 1024) ?? ""),
  );
  return berry ? "berry" : "unknown";
}
