// The rules about imports. Each takes one file and the packages there are, and names what is wrong with it.
import { posix } from "node:path";
import { isBuiltin } from "node:module";
import type { Package } from "../../scripts/workspace.ts";
import { diskReaders, processStarters } from "./disk-readers.ts";
import { foundationOrder, isPure, lazyOnly, mayImport, thirdParty, type Plane } from "./house.ts";
import type { Import, SourceFile } from "./source-file.ts";

/** A rule: one sentence for each thing that is wrong, none when the file is in order. */
export type Rule = (file: SourceFile, rooms: readonly Package[]) => string[];

/** `src/` imports only the planes DESIGN §1 lets it import. Tests may use any package's public face. */
export const planes: Rule = (file, rooms) =>
  workspaceImports(file, rooms).flatMap(({ to, specifier }) => {
    if (!to) return [`there is no package for \`${specifier}\``];
    if (file.part === "test" || to.name === file.room.name) return [];
    const order = foundationOrder[file.room.name];
    const allowed = order ? order.includes(to.name) : mayImport[file.room.plane as Plane].includes(to.plane as Plane);
    return allowed ? [] : [`${file.room.plane} must not import \`${specifier}\` of ${to.plane}`];
  });

/** Only what a package's `exports` declares; delivery and the app only its index. */
export const publicFace: Rule = (file, rooms) =>
  workspaceImports(file, rooms).flatMap(({ to, specifier }) => {
    if (!to) return [];
    const subpath = `.${specifier.slice(to.name.length)}`;
    if (!(subpath in to.exports)) return [`\`${specifier}\` is not among the exports of ${to.name}`];
    const indexOnly = file.part === "src" && ["delivery", "apps"].includes(file.room.plane);
    return indexOnly && subpath !== "."
      ? [`${file.room.plane} imports the public index only, not \`${specifier}\``]
      : [];
  });

/** Relative imports stay in the package (tests also reach `test/support`), and `src/` never reaches a test. */
export const ownWalls: Rule = (file) =>
  file.imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .flatMap(({ specifier }) => {
      const target = posix.join(posix.dirname(file.path), specifier);
      const inside = target.startsWith(`${file.room.folder}/`);
      if (!inside && !(file.part === "test" && target.startsWith("test/support/")))
        return [`\`${specifier}\` leaves the package`];
      if (file.part === "src" && !target.startsWith(`${file.room.folder}/src/`))
        return [`\`${specifier}\` leaves src/`];
      return [];
    });

/** Inside a package import the file, never the own index. */
export const notOwnIndex: Rule = (file) =>
  file.imports
    .filter(({ specifier }) => file.part === "src" && isOwnIndex(file, specifier))
    .map(({ specifier }) => `\`${specifier}\` is the package's own index; import the file`);

/** A pure package imports nothing of node's. */
export const pure: Rule = (file) =>
  file.imports
    .filter(({ specifier }) => file.part === "src" && isPure(file.room) && isBuiltin(specifier))
    .map(({ specifier }) => `a pure package must not import \`${specifier}\``);

/** node's own modules are imported as `node:x`, and no import is computed. */
export const readable: Rule = (file) =>
  file.imports.flatMap(({ specifier }) => {
    if (specifier === "?" && file.part === "src") return ["an import whose target is computed cannot be checked"];
    return isBuiltin(specifier) && !specifier.startsWith("node:")
      ? [`\`${specifier}\` is written \`node:${specifier}\``]
      : [];
  });

/** A third-party package is used where the table says. Tests may use what they like. */
export const outsiders: Rule = (file) =>
  file.imports
    .filter(({ specifier }) => file.part === "src" && isOutsider(specifier))
    .map(({ specifier }) => packageName(specifier))
    .filter((name) => name !== "zod" && !thirdParty[name]?.includes(file.room.folder))
    .map((name) => `\`${name}\` is not allowed here; test/architecture/house.ts says where`);

/** zod stands at four doors only: `foundation/records`, and `*.schema.ts` for files, arguments, transcripts, rows. */
export const schemas: Rule = (file) => {
  const door = file.room.name === "@ces/records" || file.within.endsWith(".schema.ts") || file.part === "test";
  return !door && file.imports.some(({ specifier }) => packageName(specifier) === "zod")
    ? ["zod is imported only by foundation/records and `*.schema.ts`"]
    : [];
};

/** S06: only named files read the disk, and they import what they use by name. */
export const diskReads: Rule = (file) => {
  if (file.part === "test" || file.path in diskReaders) return [];
  return file.imports
    .filter(({ specifier, typeOnly }) => isModule(specifier, ["fs", "fs/promises"]) && !typeOnly)
    .flatMap((one) =>
      readsOf(one).map(
        (name) => `\`${name}\` of ${one.specifier} reads the disk; test/architecture/disk-readers.ts names who may`,
      ),
    );
};

/** Only named files start a process. */
export const starters: Rule = (file) => {
  if (file.part === "test" || file.path in processStarters) return [];
  return file.imports
    .filter(({ specifier, typeOnly }) => isModule(specifier, ["child_process"]) && !typeOnly)
    .map(({ specifier }) => `\`${specifier}\` starts processes; test/architecture/disk-readers.ts names who may`);
};

/** The app's commands load what is heavy themselves. Held over the static closure of `main.ts`. */
export function heavyOnStart(files: readonly SourceFile[], rooms: readonly Package[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const queue = ["apps/cli/src/main.ts"];
  const wrong: string[] = [];
  for (let path = queue.pop(); path; path = queue.pop()) {
    const file = byPath.get(path);
    if (!file || seen.has(path)) continue;
    seen.add(path);
    for (const one of file.imports.filter(({ typeOnly, dynamic }) => !typeOnly && !dynamic)) {
      if (lazyOnly.includes(packageName(one.specifier)))
        wrong.push(`${path}: \`${one.specifier}\` is loaded at every start`);
      queue.push(...targetOf(file, one.specifier, rooms));
    }
  }
  return wrong;
}

/** Packages that import each other in a ring, over `src/`; types count too. */
export function rings(files: readonly SourceFile[], rooms: readonly Package[]): string[] {
  const edges = new Map<string, Set<string>>(rooms.map((room) => [room.name, new Set<string>()]));
  for (const file of files.filter(({ part }) => part === "src"))
    for (const { to } of workspaceImports(file, rooms))
      if (to && to.name !== file.room.name) edges.get(file.room.name)?.add(to.name);
  return rooms.filter((room) => reaches(edges, room.name)).map((room) => `${room.folder} imports itself in a ring`);
}

function reaches(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): boolean {
  const seen = new Set<string>();
  const queue = [...(edges.get(start) ?? [])];
  for (let name = queue.pop(); name; name = queue.pop()) {
    if (name === start) return true;
    if (!seen.has(name)) queue.push(...(edges.get(name) ?? []));
    seen.add(name);
  }
  return false;
}

function workspaceImports(
  file: SourceFile,
  rooms: readonly Package[],
): { specifier: string; to: Package | undefined }[] {
  return file.imports
    .filter(({ specifier }) => specifier.startsWith("@ces/"))
    .map(({ specifier }) => ({ specifier, to: rooms.find((room) => room.name === packageName(specifier)) }));
}

function targetOf(file: SourceFile, specifier: string, rooms: readonly Package[]): string[] {
  if (specifier.startsWith(".")) return [posix.join(posix.dirname(file.path), specifier)];
  const room = rooms.find(({ name }) => name === packageName(specifier));
  const target = room?.exports[`.${specifier.slice(room.name.length)}`];
  return room && target ? [posix.join(room.folder, target)] : [];
}

function isOwnIndex(file: SourceFile, specifier: string): boolean {
  if (packageName(specifier) === file.room.name) return true;
  return specifier.startsWith(".") && posix.join(posix.dirname(file.within), specifier) === "src/index.ts";
}

function isOutsider(specifier: string): boolean {
  return specifier !== "?" && !/^[./]/.test(specifier) && !specifier.startsWith("@ces/") && !isBuiltin(specifier);
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function isModule(specifier: string, names: readonly string[]): boolean {
  return names.includes(specifier.replace(/^node:/, ""));
}

const reading = /^(read(File|v)?|createReadStream|open|openAsBlob|copyFile|cp)(Sync)?$|^(promises|default|\*)$/;

function readsOf(one: Import): string[] {
  return one.names.filter((name) => reading.test(name));
}
