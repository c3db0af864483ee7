// What an action stood under, by digest, so that the receipts of one house are joined without being shown. Source: DESIGN §5; spec/csc.md.

/** `sha256:` and hex each; all optional. */
export type GoverningTexts = {
  /** The sealed manifest of the task. */
  readonly manifest_digest?: string;
  /** The command contract of the process. */
  readonly contract_digest?: string;
  /** The policy's decision on that contract. */
  readonly contract_decision_digest?: string;
};
