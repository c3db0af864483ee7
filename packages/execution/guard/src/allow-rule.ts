// What a person may allow in advance: a program, a subcommand and an option grammar, never a text pattern. Added at a terminal only.

/** Lowers `ask` to `allow` for exactly the calls it describes. It never lowers `deny`, and never what the floor holds. */
export interface AllowRule {
  readonly id: string;
  /** Identity of the program after links and wrappers: `terraform`. */
  readonly program: string;
  /** Leading operands that must be there literally, in order: `["apply"]`. */
  readonly subcommand: readonly string[];
  /** Options that may appear, spelled whole (`--target`, `-f`); any other option and the rule does not match. */
  readonly options: readonly string[];
  /** How further operands may look: none at all, or any literal below the workspace, or any literal. */
  readonly operands: "none" | "workspace" | "any";
  /** Milliseconds since 1970. */
  readonly expires: number;
}
