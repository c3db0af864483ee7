// Which programs a box shows: the ones of its argv, what their first lines need, and what the person's configuration says they start.
// Every other program of the system is not there, a shell least of all: `git -c alias.x=!…`, `find -exec`, `awk system()` find nothing
// to start (F-22).
import { basename, dirname } from "node:path";
import type { ReadOnlyMount, SystemView } from "@ces/sandbox";
import { isBelow } from "./real-path.ts";
import { allPrograms, resolveProgram, type Program, type ProgramSearch } from "./resolve-program.ts";
import type { RunnerConfig } from "./runner-config.schema.ts";

/** `system`: a program whose whole trade is to run a project's own scripts sees every program of the system. */
export type ProgramView = {
  readonly shows: "listed" | "system";
  readonly tools: readonly ReadOnlyMount[];
  readonly links: readonly (readonly [string, string])[];
  /** Places of the host that belong to an installation. */
  readonly reads: readonly string[];
};

// What these run is not in their argv: a box that shows less breaks them, and shows nothing that the project's script could not bring.
const PROJECT_RUNNERS = new Set(
  "make gmake ninja meson cmake ctest npm npx pnpm yarn bun cargo go mvn gradle ant sbt lein mix rake bundle tox nox just task invoke pre-commit bazel buck2 composer dotnet swift".split(
    " ",
  ),
);

/** The view for one program; helpers that cannot be found are left out, and the program says so itself. */
export function programView(
  program: Program,
  argv0: string,
  given: { readonly search: ProgramSearch; readonly config: RunnerConfig; readonly system: SystemView },
): ProgramView {
  const said = given.config.programs[argv0] ?? given.config.programs[basename(argv0)];
  const helpers = (said?.starts ?? []).flatMap((name) => {
    const answer = resolveProgram(name, given.search);
    return answer.kind === "program" ? [answer.program] : [];
  });
  const shows = PROJECT_RUNNERS.has(basename(program.found)) ? "system" : "listed";
  const programs = allPrograms([program, ...helpers]);
  const covers = shows === "system" ? [] : (given.system.covers ?? []);
  const visible = (path: string): boolean =>
    given.system.mounts.some(({ inside }) => isBelow(path, inside)) && !covers.includes(dirname(path));
  return {
    shows,
    tools: once(programs.map(({ file }) => file.path).filter((path) => !visible(path))).map((path) => ({
      source: path,
      inside: path,
    })),
    links: onceBy(
      programs.flatMap(({ links }) => links).filter(([, path]) => !visible(path)),
      ([, path]) => path,
    ),
    reads: said?.reads ?? [],
  };
}

function once(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function onceBy<Of>(items: readonly Of[], name: (item: Of) => string): readonly Of[] {
  return [...new Map(items.map((item) => [name(item), item])).values()];
}
