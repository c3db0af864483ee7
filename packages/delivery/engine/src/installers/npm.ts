// npm: the lockfile alone is written first, and what was frozen is installed for the checks.
import type { DependencyWish } from "@ces/records";
import { INSIDE } from "@ces/sandbox";
import { CACHE_INSIDE, type Installer, ownRegistries, specsOf, THREE_NUMBERS } from "./installer.ts";

/** The cache as npm sees it: in the box's own HOME, gone with it. */
const PRIVATE = `${INSIDE.home}/packages`;

// SECURITY: words win over every `.npmrc`: whatever the project's says, nothing is fetched, run, or taken from a repository.
const held: readonly string[] = [
  "--offline",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-progress",
  "--no-update-notifier",
  "--git=/bin/false",
  "--global=false",
  "--location=project",
  "--package-lock=true",
  `--cache=${PRIVATE}`,
  "--globalconfig=/run/no-settings-of-a-machine",
  "--logs-max=0",
  "--logs-dir=/tmp/npm-logs",
];

const separator = "@";

const words = (wish: DependencyWish): readonly string[] =>
  wish.action === "remove"
    ? ["uninstall", ...specsOf({ separator }, wish)]
    : ["install", ...specsOf({ separator }, wish), "--save-exact", wish.dev ? "--save-dev" : "--save-prod"];

export const npm: Installer = {
  manager: "npm",
  ecosystem: "npm",
  program: "npm",
  manifest: "package.json",
  locks: ["npm-shrinkwrap.json", "package-lock.json"],
  separator,
  exact: THREE_NUMBERS,
  shown: "_cacache",
  // npm rewrites an index entry each time that it reads one: it gets a copy of the index, and the content as it is, read-only.
  setup: [
    `mkdir -p ${PRIVATE}/_cacache/tmp`,
    `cp -R ${CACHE_INSIDE}/_cacache/index-v5 ${PRIVATE}/_cacache/`,
    `ln -s ${CACHE_INSIDE}/_cacache/content-v2 ${PRIVATE}/_cacache/content-v2`,
  ].join(" && "),
  resolve: (wish, cache) => ({
    args: [...words(wish), "--package-lock-only", ...held],
    ...ownRegistries(cache),
  }),
  install: {
    folder: "node_modules",
    command: (cache) => ({ args: ["ci", ...held], ...ownRegistries(cache) }),
  },
  adopt: "npm ci --ignore-scripts",
  missing: (output) => {
    const address = /^npm \S{1,6} request to (\S{1,2000}) failed: cache mode/m.exec(output)?.[1];
    return address === undefined ? null : packageOf(address);
  },
  fill: (spec) => `npm cache add ${spec}`,
};

/** `https://host/@scope%2fname` asks what versions there are, `…/name/-/name-1.0.0.tgz` for one of them. */
function packageOf(address: string): string {
  const path = address.replace(/^[a-z]+:\/\/[^/]+\//, "").replace(/%2f/i, "/");
  const [name = "", file] = path.split("/-/");
  const version = file === undefined ? undefined : /-(\d+\.\d+\.\d+[^/]*)\.tgz$/.exec(file)?.[1];
  const plain = /(?:@[\w.~-]+\/)?[\w.~-]+$/.exec(name)?.[0] ?? name;
  return version === undefined ? plain : `${plain}@${version}`;
}
