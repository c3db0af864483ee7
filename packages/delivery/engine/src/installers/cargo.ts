// cargo: `=1.2.3`, because its plain versions are ranges.
import type { DependencyWish } from "@ces/records";
import { CACHE_INSIDE, type Installer, THREE_NUMBERS } from "./installer.ts";

const words = ({ action, packages, dev }: DependencyWish): readonly string[] => [
  action === "remove" ? "remove" : "add",
  ...packages.map(({ name, version }) => (version === null ? name : `${name}@=${version}`)),
  ...(dev ? ["--dev"] : []),
];

export const cargo: Installer = {
  manager: "cargo",
  ecosystem: "crates.io",
  program: "cargo",
  manifest: "Cargo.toml",
  locks: ["Cargo.lock"],
  separator: "@",
  exact: THREE_NUMBERS,
  // SECURITY: `~/.cargo` holds a registry token; only what was fetched is shown.
  shown: "registry",
  setup: "",
  resolve: (wish) => ({
    args: [...words(wish), "--offline"],
    env: { CARGO_HOME: CACHE_INSIDE, CARGO_NET_OFFLINE: "true", CARGO_TERM_COLOR: "never" },
    files: {},
  }),
  install: null,
  adopt: "cargo fetch --locked",
  missing: (output) =>
    /(?:no matching package named|the crate) `([\w-]{1,200})`/.exec(output)?.[1] ??
    /failed to download `([\w-]{1,200}) v/.exec(output)?.[1] ??
    null,
  fill: (spec) => `cargo fetch, in a project that asks for ${spec}`,
};
