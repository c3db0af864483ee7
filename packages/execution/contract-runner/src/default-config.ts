// The configuration of somebody who has none, without loading what reads one. A test holds it equal to the schema's own defaults.
import type { RunnerConfig } from "./runner-config.schema.ts";

/** A configuration of which nothing was said. */
export const defaultRunnerConfig: RunnerConfig = {
  schema: "ces.contracts/v1",
  path: ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"],
  programs: {},
  secrets: {},
  limits: {
    memory_bytes: 2 * 1024 ** 3,
    processes: 256,
    open_files: 1024,
    file_bytes: 1024 ** 3,
    tmp_bytes: 256 * 1024 ** 2,
    disk_bytes: 1024 ** 3,
    disk_names: 100_000,
    bytes_out: 16 * 1024 ** 2,
  },
};
