// A folder that this very line fetches or unpacks: what lies below it, and tools that run whatever a folder says.
import { type Arg, HOLE } from "../arg.ts";
import { foldPath } from "../paths/fold-path.ts";
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
  /^(?:make|gmake|bmake|ninja|samu|meson|cmake|ctest|scons|waf|bazel|buck2?|just|task|mage|rake|invoke|inv|doit|nox|tox|pytest|py\.test|npm|pnpm|yarn|bun|deno|npx|jest|vitest|mocha|ava|gulp|grunt|turbo|nx|lerna|vite|webpack|tsx|ts-node|next|cargo|cross|go|gradle|gradlew|mvn|mvnw|ant|sbt|lein|clojure|clj|mill|dotnet|msbuild|swift|xcodebuild|stack|cabal|mix|rebar3|dune|opam|zig|nimble|crystal|shards|composer|phpunit|artisan|bundle|rails|rspec|poetry|pdm|hatch|uv|uvx|pipenv|docker|docker-compose|podman|podman-compose|nerdctl|buildah|vagrant|terraform|tofu|terragrunt|pulumi|ansible-playbook|helm|skaffold|tilt|nix|nix-build|nix-shell|guix|devbox|direnv|mise|asdf|pre-commit|act|earthly|dagger|configure|autoreconf|snapcraft|flatpak-builder|dpkg-buildpackage|debuild|rpmbuild|makepkg|fastlane|pod|flutter|dart|forge|truffle|hardhat|wasm-pack|maturin|R|Rscript|julia|latexmk)$/;
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
