// The store: one SQLite file per project, the signed head beside it, leases on kernel locks, and a reader for audits.
export { openAudit, type AuditReader } from "./audit-reader.ts";
export { openLeases, type LeasePlace } from "./leases.ts";
export { openStore, type OpenStore, type StorePlace } from "./open-store.ts";
