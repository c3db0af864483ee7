// `pnpm build`: registries, then the bundle unless turbo finds that none of its inputs changed.
import { generateRegistries } from "./registry.ts";
import { run, runScript } from "./workspace.ts";

/** Builds what is stale; the exit code. Turbo needs pnpm on PATH; without it the bundle is simply made anew. */
export function buildIfStale(): number {
  generateRegistries();
  if (run("sh", ["-c", "command -v pnpm >/dev/null"]) !== 0) return runScript("bundle");
  return run(
    "turbo",
    ["run", "bundle", "--output-logs=errors-only", "--log-prefix=none", "--no-update-notifier", "--cache=local:rw"],
    quiet(),
  );
}

function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_PRINT_VERSION_DISABLED: "1" };
}

if (import.meta.main) process.exitCode = buildIfStale();
