// Everything in a git configuration that runs a program, each leaving the same mark when it does (S03, S11).

/** Settings whose programs touch `mark`; the mark is a path of the host. */
export function trapConfig(mark: string): readonly (readonly [string, string])[] {
  const spring = `touch ${mark};cat`;
  return [
    ["filter.evil.clean", spring],
    ["filter.evil.smudge", spring],
    ["filter.evil.process", spring],
    ["filter.evil.required", "false"],
    ["core.fsmonitor", spring],
    ["diff.external", spring],
    ["diff.evil.textconv", spring],
    ["diff.evil.command", spring],
    ["merge.evil.driver", spring],
    ["core.sshCommand", spring],
    ["core.pager", spring],
    ["core.editor", spring],
    ["core.alternateRefsCommand", spring],
    ["credential.helper", `!${spring}`],
    ["gpg.program", spring],
    ["uploadpack.packObjectsHook", spring],
  ];
}
