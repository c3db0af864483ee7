// A folder that this very line fetches or unpacks: what lies below it, and tools that run whatever a folder says.
import { type Arg, HOLE } from "../arg.ts";
import { foldPath, isWithin } from "../paths/fold-path.ts";
import type { Call } from "../profile.ts";
import type { Created } from "./run.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

/** What a path below a folder that was made whole holds; undefined where no such folder is above it. */
export function below(walk: Walker, path: string): Created | undefined {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    const made = walk.run.created.get(`${path.slice(0, at)}/`);
    if (made !== undefined) return made;
  }
  return undefined;
}

// Tools that run what the files of a folder say.
const tools =
  /^(?:make|gmake|bmake|ninja|samu|meson|cmake|ctest|scons|waf|bazel|buck2?|just|task|mage|rake|invoke|inv|doit|nox|tox|pytest|py\.test|npm|pnpm|yarn|bun|deno|npx|jest|vitest|mocha|ava|gulp|grunt|turbo|nx|lerna|vite|webpack|tsx|ts-node|next|cargo|cross|go|gradle|gradlew|mvn|mvnw|ant|sbt|lein|clojure|clj|mill|dotnet|msbuild|swift|xcodebuild|stack|cabal|mix|rebar3|dune|opam|zig|nimble|crystal|shards|composer|phpunit|artisan|bundle|rails|rspec|poetry|pdm|hatch|uv|uvx|pipenv|docker|docker-compose|podman|podman-compose|nerdctl|buildah|vagrant|terraform|tofu|terragrunt|pulumi|ansible-playbook|helm|skaffold|tilt|nix|nix-build|nix-shell|guix|devbox|direnv|mise|asdf|pre-commit|act|earthly|dagger|configure|autoreconf|snapcraft|flatpak-builder|dpkg-buildpackage|debuild|rpmbuild|makepkg|fastlane|pod|flutter|dart|forge|truffle|hardhat|wasm-pack|maturin|R|Rscript|julia|latexmk|robot|bats|svelte-check|astro|nuxt|ng|ember|storybook|playwright|cypress|karma|tap|c8|nyc|esbuild|rollup|parcel|remix|webpack-cli|pytest-3|nosetests|uvicorn|gunicorn|flask|django-admin|celery|alembic|sphinx-build|mkdocs|jupyter|coverage|hypercorn|streamlit|cargo-nextest|air|wails|ginkgo|gotestsum|swiftc)$/;
const installs =
  /^(?:install|i|ci|add|in|ls|list|view|why|outdated|audit|info|version|--version|-v|-V|help|--help|-h)$/;

/** The folder that a tool would run code of, when this line fetches it; null where it does not. */
export function runsFetched(walk: Walker, shell: Shell, name: string, args: readonly Arg[]): string | null {
  if (walk.run.created.size === 0 || !tools.test(name) || (args[0] !== undefined && installs.test(args[0].text)))
    return null;
  const named = args.flatMap(({ text }) => (text.includes(HOLE) ? [] : [text.slice(text.indexOf("=") + 1)]));
  const places = shell.cwds.flatMap((cwd) => [cwd, ...named.map((text) => foldPath(text, cwd))]);
  return places.find((place) => below(walk, `${place}/x`)?.content?.taints.has("network") === true) ?? null;
}

// Files by which such tools run something, as far as their names say.
const code =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|pyx|rs|go|swift|cs|fs|fsx|vb|zig|dart|kts?|java|scala|sc|groovy|gradle|clj[cs]?|edn|rb|rake|gemspec|exs?|erl|el|robot|cc?|cpp|cxx|hh?|hpp|mm?|sh|bash|mk|mak|cmake|toml|cfg|ini|cabal|l?hs|mli?|jl|lua|php|p[lm]|R|nix|nim|nimble|cr|d|bats|csproj|fsproj|sln|props|targets|xml|proto)$|\/(?:GNUm|[Mm])akefile$|\/(?:package\.json|CMakeLists\.txt|meson\.build|BUILD(?:\.bazel)?|WORKSPACE|Rakefile|Gemfile|Podfile|Justfile|justfile|configure|Jenkinsfile|artisan|gradlew|mvnw|\.npmrc|\.yarnrc(?:\.yml)?|\.pre-commit-config\.yaml|Taskfile\.ya?ml)$/;
const recipes = /\/(?:Dockerfile|Containerfile|(?:docker-)?compose)[^/]*$/;
const containers = /^(?:docker|docker-compose|podman|podman-compose|nerdctl|buildah|vagrant|skaffold|tilt)$/;
const declared = /^(?:terraform|tofu|terragrunt|pulumi|ansible-playbook|helm|mise|asdf|direnv)$/;

// `python -m pytest`
const modules =
  /^(?:pytest|unittest|nose2?|tox|nox|flask|uvicorn|gunicorn|build|invoke|doit|celery|django|streamlit|coverage|cProfile|pdb|trace|robot|mypy|sphinx|mkdocs|jupyter|IPython|setup)\b/;
const moduleOf = (args: readonly Arg[]): string => args[args.findIndex(({ text }) => text === "-m") + 1]?.text ?? "";

const runsTests = (name: string, args: readonly Arg[]): boolean =>
  (/^python[\d.]*$/.test(name) && modules.test(moduleOf(args))) ||
  (name === "node" && args.some(({ text }) => text === "--test"));

/** Where a tool that runs what a folder says finds it: its folders, and the paths it is given; null for other programs. */
export function toolPlaces(
  walk: Walker,
  shell: Shell,
  { name, args }: Pick<Call, "name" | "args">,
): { readonly cwds: readonly string[]; readonly named: readonly string[] } | null {
  if (walk.run.created.size === 0 || declared.test(name)) return null;
  if (!tools.test(name) && !runsTests(name, args)) return null;
  if (args[0] !== undefined && installs.test(args[0].text)) return null;
  const named = args.flatMap(({ text }) => (text.includes(HOLE) ? [] : [text.slice(text.indexOf("=") + 1)]));
  return { cwds: shell.cwds, named: shell.cwds.flatMap((cwd) => named.map((text) => foldPath(text, cwd))) };
}

/** SECURITY: `curl … > src/main.rs && cargo run`: a file of code that this line fetches into the folder that a tool runs; null where none is. */
export function runsFetchedFile(walk: Walker, shell: Shell, call: Pick<Call, "name" | "args">): string | null {
  const found = toolPlaces(walk, shell, call);
  if (found === null) return null;
  const inContainer = containers.test(call.name);
  if (inContainer && !call.args.some(({ text }) => /^(?:build|buildx|bake|up|run|bud)$/.test(text))) return null;
  const places = [...found.cwds, ...found.named];
  for (const [path, { content }] of walk.run.created) {
    const fetched = content?.taints.has("network") === true || content?.taints.has("decoded") === true;
    if (!fetched || !(inContainer ? recipes : code).test(path)) continue;
    if (places.some((place) => isWithin(path, place))) return path;
  }
  return null;
}

const rewrites =
  /^(?:apply|am|pull|merge|rebase|checkout|switch|restore|stash|cherry-pick|revert|reset|submodule|bisect|read-tree|checkout-index|sparse-checkout)$/;

/** SECURITY: `git apply x.patch && bash build.sh`: what such a program makes of the project's files is not what was read of them. */
export function changesUnseen(name: string, args: readonly Arg[]): string | null {
  if (name === "git" || name === "hub") {
    const verb = args.find(
      ({ text }, index) => !text.startsWith("-") && !/^-(?:C|c)$/.test(args[index - 1]?.text ?? ""),
    )?.text;
    const trial = args.some(({ text }) => /^--(?:check|stat|dry-run|abort|soft)$/.test(text));
    return verb !== undefined && rewrites.test(verb) && !trial ? `git ${verb}` : null;
  }
  if (/^(?:patch|gpatch)$/.test(name)) return args.some(({ text }) => text === "--dry-run") ? null : name;
  const [first] = args;
  const unpacks =
    (/^(?:g|bsd)?tar$/.test(name) &&
      args.some(
        ({ text }, index) => /^-?[a-zA-Z]*x[a-zA-Z]*$|^--extract$/.test(text) && (index === 0 || text.startsWith("-")),
      )) ||
    (/^(?:bsd)?unzip$/.test(name) && !args.some(({ text }) => /^-[a-zA-Z]*[lptvzZ]/.test(text))) ||
    (/^(?:7z[ar]?|7zz|unrar)$/.test(name) && /^[xe]$/.test(first?.text ?? "")) ||
    name === "cpio";
  return unpacks ? name : null;
}
