// Ports: what the planes and the engine need from the machine, as interfaces.
export type { BlobRef, Blobs } from "./blobs.ts";
export type {
  Checkout,
  CommitFacts,
  ExportBase,
  Git,
  GitCheckout,
  GitFileMode,
  GitIdentity,
  IndexChange,
  IndexEntry,
  NewCommit,
  Repositories,
  RepositoryFound,
  TreeFile,
} from "./git.ts";
export type {
  ChainHead,
  ChainTail,
  CommitParts,
  LedgerSealer,
  MacKey,
  MacKeys,
  Sealed,
  SealInput,
  TailCheck,
  TrailDraft,
  TrailRow,
} from "./ledger.ts";
export type { Ask, Report } from "./question.ts";
export type { KeyRing, Signature, Signer } from "./signing.ts";
export type {
  CommitResult,
  EntryQuery,
  Lease,
  LeaseResult,
  Leases,
  RecordKind,
  StepCommit,
  Store,
  StoredRow,
  StoreRow,
} from "./store.ts";
