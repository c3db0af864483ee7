// go: modules run nothing when they are fetched; `go.sum` pins what was.
import type { DependencyWish } from "@ces/records";
import { CACHE_INSIDE, type Installer } from "./installer.ts";

const words = ({ action, packages }: DependencyWish): readonly string[] =>
  packages.map(({ name, version }) => `${name}@${action === "remove" ? "none" : (version ?? "none")}`);

export const go: Installer = {
  manager: "go",
  ecosystem: "Go",
  program: "go",
  manifest: "go.mod",
  locks: ["go.sum"],
  separator: "@",
  exact: /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?$/,
  shown: "",
  setup: "",
  resolve: (wish) => ({
    args: ["get", ...words(wish)],
    env: {
      GOMODCACHE: CACHE_INSIDE,
      GOPROXY: "off",
      GOFLAGS: "-mod=mod",
      GONOSUMDB: "*",
      GOTOOLCHAIN: "local",
      GOTELEMETRY: "off",
      GOWORK: "off",
    },
    files: {},
  }),
  install: null,
  adopt: "go mod download",
  missing: (output) => /([\w./~-]{1,300}@v[\w.+-]+): module lookup disabled by GOPROXY=off/.exec(output)?.[1] ?? null,
  fill: (spec) => `go mod download ${spec}`,
};
