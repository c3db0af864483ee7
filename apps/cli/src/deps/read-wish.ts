// From words of a command line to a wish: which delivery asked, which manager, which exact versions. Nothing is guessed.
import { type Installer, installerOf, managersOf, refusedManagers } from "@ces/engine";
import { CesError } from "@ces/kernel";
import { type DependencyWish, PackageManager, WishedPackage } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import type { Project } from "../wire/open-project.ts";
import { knownReleases } from "./known-releases.ts";

const ID = /^(?:D|E?M|EP)-[0-9a-f]{12}$/;

/** The wish, not yet judged. Throws DEPS_MANAGER, DEPS_NO_MANIFEST, DEPS_NOT_EXACT, DEPS_NOT_ASKED, USAGE_ARGUMENT. */
export async function readWish(ctx: CommandContext, project: Project): Promise<DependencyWish> {
  const [first = "", ...others] = ctx.rest;
  const named = ID.test(first);
  const words = named ? others : ctx.rest;
  const asked_by = named ? askedBy(project, first) : null;
  if (words.length === 0)
    throw new CesError("USAGE_ARGUMENT", "the package to change is missing", {
      remedy: "ces deps apply left-pad@1.3.0",
    });
  const installer = installerOf(await managerFor(ctx, project));
  const remove = ctx.flag("remove");
  return {
    schema: "ces.dependency-wish/v1",
    manager: installer.manager,
    action: remove ? "remove" : "add",
    dev: ctx.flag("dev"),
    packages: words.map((word) => (remove ? removed(word) : exactly(ctx, project, installer, word))),
    asked_by,
    accepted: null,
  };
}

function askedBy(project: Project, id: string): DependencyWish["asked_by"] {
  const { delivery_id, blockers } = findDelivery(project, id);
  const why = blockers.find(({ code }) => code === "DEPENDENCY_CHANGE")?.text;
  if (why === undefined)
    throw new CesError("DEPS_NOT_ASKED", `\`${delivery_id}\` was not stopped by a change of dependencies`, {
      remedy: "leave the delivery out: ces deps apply left-pad@1.3.0",
    });
  return { delivery_id, why: why.slice(0, 4000) };
}

/** The one that was named, else the one whose files the branch has. */
async function managerFor(ctx: CommandContext, project: Project): Promise<PackageManager> {
  const paths = await pathsOf(project);
  const named = ctx.text("manager");
  if (named !== undefined && Object.hasOwn(refusedManagers, named))
    throw new CesError("DEPS_MANAGER", `${named} is not run by CES: ${refusedManagers[named] ?? ""}`, {
      remedy: `change the dependencies yourself with ${named}, commit it, then: ces build "…"`,
    });
  const asked = PackageManager.safeParse(named);
  const found = asked.success ? [asked.data] : managersOf(paths);
  if (found.length > 1)
    throw new CesError("DEPS_MANAGER", `the branch has files of several package managers: ${found.join(", ")}`, {
      remedy: `name one: --manager ${found[0] ?? "npm"}`,
    });
  const [manager] = found;
  const manifest = manager === undefined ? undefined : installerOf(manager).manifest;
  if (manager === undefined || manifest === undefined || !paths.has(manifest))
    throw new CesError("DEPS_NO_MANIFEST", `the branch has no \`${manifest ?? "package.json"}\` at its root`, {
      remedy: "commit one, or name the manager: --manager npm",
    });
  return manager;
}

async function pathsOf({ git }: Project): Promise<ReadonlySet<string>> {
  const { commit } = await git.head();
  if (commit === null) return new Set();
  const { tree } = await git.commit(commit);
  return new Set((await git.treeFiles(tree)).map(({ path }) => path));
}

function removed(word: string): WishedPackage {
  const read = WishedPackage.safeParse({ name: word, version: null });
  if (read.success) return read.data;
  throw new CesError("DEPS_NOT_EXACT", `\`${word}\` is no name of a package`, {
    remedy: "ces deps apply --remove left-pad",
  });
}

/** SECURITY: a tag or a range is whatever the registry says on the day; a person decides about one content. */
function exactly(ctx: CommandContext, project: Project, installer: Installer, word: string): WishedPackage {
  const cut = word.lastIndexOf(installer.separator);
  const name = cut > 0 ? word.slice(0, cut) : word;
  const version = cut > 0 ? word.slice(cut + installer.separator.length) : "";
  const read = WishedPackage.safeParse({ name, version });
  if (read.success && installer.exact.test(version)) return read.data;
  const known = knownReleases(installer, name, { env: ctx.env, home: project.home });
  const spec = `${known === undefined ? "<package>" : name}${installer.separator}${known ?? "<version>"}`;
  const why = known === undefined ? "" : `; the newest that your cache knows is ${known}`;
  throw new CesError("DEPS_NOT_EXACT", `\`${word}\` names no exact version${why}`, {
    remedy: `ces deps apply ${spec}`,
  });
}
