// Advisory data on packages: compiled once from OSV exports, looked up by the guard without a network.
export { importExports, type ImportOptions, type ImportReport } from "./import-exports.ts";
export { importLimits, type ImportLimits } from "./import-limits.ts";
export { openAdvisories, type AdvisoryFile } from "./open-advisories.ts";
export { verifyIndex } from "./verify-index.ts";
export type { EcosystemCount } from "./index-format.ts";
