// yarn, from its second generation on: the first cannot write a lockfile without installing.
import { CACHE_INSIDE, type Installer, specsOf, THREE_NUMBERS } from "./installer.ts";

const held = {
  CI: "1",
  NO_COLOR: "1",
  YARN_ENABLE_NETWORK: "0",
  YARN_ENABLE_SCRIPTS: "0",
  YARN_ENABLE_GLOBAL_CACHE: "1",
  YARN_GLOBAL_FOLDER: CACHE_INSIDE,
  YARN_ENABLE_TELEMETRY: "0",
  YARN_NODE_LINKER: "node-modules",
} as const;

const separator = "@";

export const yarn: Installer = {
  manager: "yarn",
  ecosystem: "npm",
  program: "yarn",
  manifest: "package.json",
  locks: ["yarn.lock"],
  separator,
  exact: THREE_NUMBERS,
  shown: "cache",
  setup: "",
  resolve: (wish) => ({
    args:
      wish.action === "remove"
        ? ["remove", ...specsOf({ separator }, wish), "--mode=update-lockfile"]
        : ["add", ...specsOf({ separator }, wish), "--exact", ...(wish.dev ? ["--dev"] : []), "--mode=update-lockfile"],
    env: held,
    files: {},
  }),
  install: {
    folder: "node_modules",
    command: () => ({ args: ["install", "--immutable", "--mode=skip-build"], env: held, files: {} }),
  },
  adopt: "yarn install --immutable --mode=skip-build",
  missing: (output) => {
    const at = output.indexOf("YN0080");
    if (at < 0) return null;
    return /((?:@[\w.~-]{1,100}\/)?[\w.~-]{1,100}@npm:[\w.+-]{1,100})/.exec(output.slice(at, at + 400))?.[1] ?? null;
  },
  fill: (spec) => `yarn add ${spec} --mode=skip-build, in a copy of the project`,
};
