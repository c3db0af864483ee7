// One vitest for the whole repository, over sources: no package is built before it is tested.
import { defineConfig } from "vitest/config";
import { tallyReporter } from "./scripts/tally.ts";

const tallyFile = process.env["CES_TALLY_FILE"];

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default defineConfig({
  test: {
    include: [
      "packages/*/test/**/*.test.{ts,tsx}",
      "packages/*/*/test/**/*.test.{ts,tsx}",
      "apps/*/test/**/*.test.{ts,tsx}",
      "test/**/*.test.{ts,tsx}",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**", "examples/**"],
    globalSetup: ["./test/support/prepare-run.ts"],
    pool: "forks",
    reporters: tallyFile ? ["default", tallyReporter(tallyFile)] : ["default"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
