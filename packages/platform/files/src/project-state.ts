// Which state belongs to this folder. The trust domain decides, by real path, inode and first commit; the pointer in the
// folder is a convenience that an agent, a clone or a copy may have written, so it is never believed by itself (S10).
import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "@ces/kernel";
import { Binding } from "./bindings.schema.ts";
import { atomicWrite, createOnce, readOwned } from "./owned-file.ts";
import { ownedDirectory } from "./owned-directory.ts";
import { unsafe } from "./owned-path.ts";
import { readPointer, writePointer } from "./project-pointer.ts";

/** A project folder as the caller found it. `first_commit` comes from git, null for an unborn branch. */
export type ProjectFacts = {
  readonly state_directory: string;
  readonly project_root: string;
  readonly first_commit: string | null;
};

/**
 * The state of a project. `found`: bound before; `moved`: the same folder under a new path; `new`: nothing was bound, or
 * what was bound at this path was another folder or another history (its id in `replaced`).
 */
export type ProjectState = {
  readonly kind: "found" | "moved" | "new";
  readonly project_id: string;
  readonly directory: string;
  readonly replaced: string | null;
};

/** Finds or makes the state folder of a project. Throws CesError STATE_UNSAFE, PROJECT_POINTER_UNSAFE. */
export function projectState(facts: ProjectFacts, random: Random): ProjectState {
  const here = describe(facts);
  const bound = readBinding(byPath(facts.state_directory, here.path));
  const pointer = readPointer(facts.project_root);
  if (bound && isSame(bound, here)) return settle(facts, { ...here, project_id: bound.project_id }, "found");
  const moved = pointer === undefined ? undefined : readBinding(ownBinding(facts.state_directory, pointer));
  if (moved && moved.project_id === pointer && isSame(moved, here))
    return settle(facts, { ...here, project_id: pointer }, "moved");
  const fresh = { ...here, project_id: Buffer.from(random(16)).toString("hex") };
  return { ...settle(facts, fresh, "new"), replaced: bound?.project_id ?? null };
}

/** True when this folder, here or under an earlier path, has state already. Makes nothing in the folder. Throws as `projectState`. */
export function hasProjectState(facts: ProjectFacts): boolean {
  const here = describe(facts);
  const bound = readBinding(byPath(facts.state_directory, here.path));
  if (bound && isSame(bound, here)) return true;
  const pointer = readPointer(facts.project_root);
  const moved = pointer === undefined ? undefined : readBinding(ownBinding(facts.state_directory, pointer));
  return moved !== undefined && moved.project_id === pointer && isSame(moved, here);
}

type Here = Omit<Binding, "project_id">;

function describe(facts: ProjectFacts): Here {
  const path = realpathSync(facts.project_root);
  const stats = statSync(path, { bigint: true });
  return {
    schema: "ces.project-binding/v1",
    path,
    device: String(stats.dev),
    inode: String(stats.ino),
    born: String(stats.birthtimeNs),
    first_commit: facts.first_commit,
  };
}

// A device number may change with a reboot; the folder itself, and the history once there is one, may not.
function isSame(bound: Binding, here: Here): boolean {
  return (
    bound.inode === here.inode &&
    bound.born === here.born &&
    (bound.first_commit === null || bound.first_commit === here.first_commit)
  );
}

function settle(facts: ProjectFacts, binding: Binding, kind: ProjectState["kind"]): ProjectState {
  const base = facts.state_directory;
  const directory = ownedDirectory(join(base, binding.project_id));
  const text = `${JSON.stringify(binding, null, 2)}\n`;
  writeIfOther(ownBinding(base, binding.project_id), text);
  const winner = kind === "new" ? claim(base, binding, text) : binding;
  if (winner.project_id !== binding.project_id) return settle(facts, winner, "found");
  if (kind !== "new") writeIfOther(byPath(base, binding.path), text);
  if (readPointer(facts.project_root) !== binding.project_id) writePointer(facts.project_root, binding.project_id);
  return { kind, project_id: binding.project_id, directory, replaced: null };
}

// Two first runs at once: whoever links the binding first wins, the other one takes over its id.
function claim(base: string, binding: Binding, text: string): Binding {
  const path = byPath(base, binding.path);
  if (createOnce(path, text)) return binding;
  const other = readBinding(path);
  if (other && isSame(other, binding)) return other;
  atomicWrite(path, text);
  return binding;
}

function byPath(base: string, path: string): string {
  const name = createHash("sha256").update(path, "utf8").digest("hex");
  return join(ownedDirectory(join(base, "projects")), `${name}.json`);
}

function ownBinding(base: string, projectId: string): string {
  return join(base, projectId, "project.json");
}

function writeIfOther(path: string, text: string): void {
  const old = readOwned(path);
  if (!old || Buffer.from(old).toString("utf8") !== text) atomicWrite(path, text);
}

function readBinding(path: string): Binding | undefined {
  const bytes = readOwned(path);
  if (!bytes) return undefined;
  try {
    return Binding.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (error) {
    throw unsafe(`\`${path}\` is damaged`, error);
  }
}
