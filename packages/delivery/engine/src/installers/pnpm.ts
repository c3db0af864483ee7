// pnpm: its store is shown read-only, so that packages are copied out of it and never linked.
import { CACHE_INSIDE, type Installer, ownRegistries, specsOf, THREE_NUMBERS } from "./installer.ts";

const held: readonly string[] = [
  "--offline",
  "--ignore-scripts",
  "--ignore-pnpmfile",
  "--reporter=append-only",
  `--store-dir=${CACHE_INSIDE}`,
  "--package-import-method=copy",
];

const separator = "@";

export const pnpm: Installer = {
  manager: "pnpm",
  ecosystem: "npm",
  program: "pnpm",
  manifest: "package.json",
  locks: ["pnpm-lock.yaml"],
  separator,
  exact: THREE_NUMBERS,
  shown: "",
  setup: "",
  resolve: (wish, cache) => ({
    args:
      wish.action === "remove"
        ? ["remove", ...specsOf({ separator }, wish), "--lockfile-only", ...held]
        : [
            "add",
            ...specsOf({ separator }, wish),
            "--save-exact",
            wish.dev ? "--save-dev" : "--save-prod",
            "--lockfile-only",
            ...held,
          ],
    ...ownRegistries(cache),
  }),
  install: {
    folder: "node_modules",
    command: (cache) => ({
      args: ["install", "--frozen-lockfile", ...held],
      ...ownRegistries(cache),
    }),
  },
  adopt: "pnpm install --frozen-lockfile --ignore-scripts",
  missing: (output) => {
    const at = output.indexOf("ERR_PNPM_NO_OFFLINE_");
    if (at < 0) return null;
    const said = output.slice(at, at + 600);
    return (
      /((?:@[\w.~-]{1,100}\/)?[\w.~-]{1,100}(?:@[\w.+-]{1,100})?) (?:in package mirror|in the store|from)/.exec(
        said,
      )?.[1] ?? null
    );
  },
  fill: (spec) => `pnpm store add ${spec}`,
};
