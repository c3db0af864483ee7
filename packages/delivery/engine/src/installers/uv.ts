// uv: wheels only, since building a source distribution runs its code.
import { CACHE_INSIDE, type Installer, specsOf } from "./installer.ts";

const separator = "==";

export const uv: Installer = {
  manager: "uv",
  ecosystem: "PyPI",
  program: "uv",
  manifest: "pyproject.toml",
  locks: ["uv.lock"],
  separator,
  exact: /^\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?$/,
  shown: "",
  setup: "",
  resolve: (wish) => ({
    args: [
      wish.action === "remove" ? "remove" : "add",
      ...specsOf({ separator }, wish),
      ...(wish.dev ? ["--dev"] : []),
      "--no-sync",
      "--offline",
      "--no-build",
      "--no-config",
      "--no-python-downloads",
      "--no-progress",
    ],
    env: { NO_COLOR: "1", UV_CACHE_DIR: CACHE_INSIDE },
    files: {},
  }),
  install: null,
  adopt: "uv sync --frozen --no-build",
  missing: (output) => /Because ([\w.-]{1,200}) was not found in the cache/.exec(output)?.[1] ?? null,
  fill: (spec) => `uv pip download ${spec} --only-binary :all:`,
};
