// Paths that change what runs, what is installed, what is ignored or what an agent is told: never in a default scope, and
// forbidden below tier A. Data with reasons; a caller shows the reason beside the path.
import { compileGlob } from "@ces/kernel";

/** One protected pattern. `check`: it defines what a check does. `dependency`: a change of it ends as DEPENDENCY_CHANGE. */
export type ProtectedPath = {
  readonly glob: string;
  readonly why: string;
  readonly dependency: boolean;
  readonly check: boolean;
};

type Flags = { readonly dependency?: boolean; readonly check?: boolean };

const DEPENDENCIES =
  "package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-workspace.yaml bun.lock bun.lockb deno.json deno.lock " +
  "requirements*.txt pyproject.toml poetry.lock uv.lock Pipfile Pipfile.lock setup.py setup.cfg go.mod go.sum go.work go.work.sum " +
  "Cargo.toml Cargo.lock Gemfile Gemfile.lock *.gemspec composer.json composer.lock pom.xml build.gradle build.gradle.kts settings.gradle settings.gradle.kts gradle.lockfile";
const RUNNERS =
  "vitest.config.* vitest.workspace.* vite.config.* jest.config.* jest.setup.* .mocharc* .taprc* babel.config.* .babelrc* .swcrc playwright.config.* " +
  "karma.conf.* cypress.config.* eslint.config.* .eslintrc* biome.json biome.jsonc tsconfig*.json .nycrc* .c8rc* node.config.json " +
  "pytest.ini .pytest.ini conftest.py tox.ini noxfile.py sitecustomize.py usercustomize.py *.pth .coveragerc " +
  "Makefile makefile GNUmakefile *.mk Rakefile .rspec phpunit.xml* justfile Taskfile.yml Taskfile.yaml build.rs rust-toolchain rust-toolchain.toml gradlew mvnw";
const INSTALLERS =
  ".npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs .nvmrc .node-version .python-version .tool-versions mise.toml .mise.toml pip.conf bunfig.toml";
const AGENTS =
  "AGENTS.md AGENTS.override.md CLAUDE.md CLAUDE.local.md GEMINI.md .mcp.json .cursorrules copilot-instructions.md";

/** Every protected pattern, at any depth of the project. */
export const protectedPaths: readonly ProtectedPath[] = [
  ...list(DEPENDENCIES, "decides what is installed", { dependency: true, check: true }),
  ...list(RUNNERS, "decides what a check runs", { check: true }),
  ...list(INSTALLERS, "configures a package manager or toolchain", { check: true }),
  ...folders(".cargo .yarn", "configures a package manager or toolchain", { check: true }),
  ...folders(".github .gitlab .circleci .ci .buildkite .woodpecker", "is continuous integration", { check: true }),
  ...list(
    ".gitlab-ci.yml .travis.yml azure-pipelines.yml Jenkinsfile bitbucket-pipelines.yml .drone.yml",
    "is continuous integration",
    { check: true },
  ),
  ...list(".gitattributes .gitmodules .lfsconfig .gitignore .mailmap", "changes what git reads or ignores", {}),
  ...folders(".husky .githooks", "runs as a git hook", {}),
  ...list(".pre-commit-config.yaml lefthook.yml lefthook.yaml", "runs as a git hook", {}),
  ...list(AGENTS, "instructs or configures an agent", {}),
  ...folders(".claude .codex .agents .cursor", "instructs or configures an agent", {}),
  ...list(".env .env.* .envrc", "holds settings and secrets", { check: true }),
  ...folders(".devcontainer .vscode .idea", "configures an editor that runs commands", {}),
  ...folders(".ces", "is CES's own state", {}),
  { glob: "ces/**", why: "is CES's reviewed configuration", dependency: false, check: false },
];

const matchers = protectedPaths.map((entry) => ({ entry, test: matcher(entry.glob) }));

/** The first pattern that protects `path`, or undefined. */
export function protectionOf(path: string): ProtectedPath | undefined {
  return matchers.find(({ test }) => test(path))?.entry;
}

// Most patterns are one name at any depth, which needs no glob.
function matcher(glob: string): (path: string) => boolean {
  const name = glob.startsWith("**/") && !/[*?[{/]/.test(glob.slice(3)) ? glob.slice(3) : undefined;
  if (name !== undefined) return (path) => path === name || path.endsWith(`/${name}`);
  return compileGlob(glob).test;
}

function list(names: string, why: string, flags: Flags): readonly ProtectedPath[] {
  return names.split(" ").map((name) => entry(`**/${name}`, why, flags));
}

function folders(names: string, why: string, flags: Flags): readonly ProtectedPath[] {
  return names.split(" ").map((name) => entry(`**/${name}/**`, why, flags));
}

function entry(glob: string, why: string, { dependency = false, check = false }: Flags): ProtectedPath {
  return { glob, why, dependency, check };
}
