// Codex's own prefix rules as a second layer: they hold when the hook is not trusted yet. Their examples are checked when
// codex loads the file.

interface PrefixRule {
  readonly programs: readonly string[];
  readonly decision: "forbidden" | "prompt";
  readonly why: string;
}

const rules: readonly PrefixRule[] = [
  {
    programs: ["sudo", "su", "doas", "pkexec", "run0"],
    decision: "forbidden",
    why: "an agent does not raise its privileges",
  },
  {
    programs: ["dd", "mkfs", "mkfs.ext4", "mkfs.xfs", "mkfs.btrfs", "wipefs", "blkdiscard"],
    decision: "forbidden",
    why: "it writes to devices",
  },
  { programs: ["shred", "srm", "wipe"], decision: "forbidden", why: "what it deletes cannot be put back" },
  { programs: ["rm"], decision: "prompt", why: "use `ces trash put`, which can be undone" },
];

/** The rules file. It is generated; a change of it is lost with the next installation. */
export const codexRules = [
  "# Written by `ces guard install`; taken out by `ces guard uninstall`.",
  ...rules.flatMap(({ programs, decision, why }) => programs.map((program) => ruleText(program, decision, why))),
  "",
].join("\n");

function ruleText(program: string, decision: string, why: string): string {
  return [
    "prefix_rule(",
    `    pattern = ["${program}"],`,
    `    decision = "${decision}",`,
    `    justification = "${why}",`,
    `    match = [["${program}", "x"]],`,
    `    not_match = [["echo", "${program}"]],`,
    ")",
  ].join("\n");
}
