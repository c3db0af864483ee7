// The rules that the reference lacks. They come after the published ones, so that its answer stays the first.

import { argvsOf, type CommandContract, type ContractCommand } from "../command-contract.ts";
import type { CscPolicy } from "../csc-policy.ts";
import { limitViolations } from "../limits.ts";
import type { Finding } from "../policy-decision.ts";
import type { DecideOptions } from "../ports-of-decision.ts";
import { programName } from "../reach/program-name.ts";
import { codeReader, hardenedName } from "../reach/reached-interpreter.ts";
import { scopeOf } from "../paths/scope.ts";
import { denial, note } from "./finding.ts";
import { inheritRefusal } from "./inherit.ts";
import { argvFindings } from "./published-findings.ts";
import type { SeenCommand } from "./seen-command.ts";

/** All findings of the house's rules. */
export function houseFindings(
  contract: CommandContract,
  policy: CscPolicy,
  seen: readonly SeenCommand[],
  options: DecideOptions,
): readonly Finding[] {
  return [
    ...limitViolations(contract).map((text) => denial("LIMIT_EXCEEDED", text)),
    ...duplicates(contract),
    ...seen.flatMap((one) => [
      ...reachFindings(one, policy),
      ...interpreterFindings(one, policy, options),
      ...guardFindings(one.command, policy, options),
      ...binaryFindings(one.command, policy, options),
      ...one.command.env_allow.flatMap((name) => {
        const why = inheritRefusal(name, policy);
        return why === undefined ? [] : [denial("ENV_NOT_ALLOWED", `the variable \`${name}\`: ${why}`, one.command.id)];
      }),
      ...scopeFindings(one.command),
      ...reclassified(one),
    ]),
  ];
}

function duplicates(contract: CommandContract): readonly Finding[] {
  const ids = contract.commands.map(({ id }) => id);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => denial("COMMAND_ID_DUPLICATE", `two commands are called \`${id}\``, id));
}

// Whatever a listed program starts must be listed too: `timeout` is no way to `bash`.
function reachFindings({ command, argvs }: SeenCommand, policy: CscPolicy): readonly Finding[] {
  return argvs.flatMap(({ argv, reached }) =>
    reached.argvs
      .slice(1)
      .flatMap((inner) => argvFindings(inner, policy, command.id, ` (through \`${argv[0] ?? ""}\`)`)),
  );
}

function interpreterFindings(
  { command, argvs }: SeenCommand,
  policy: CscPolicy,
  { mode }: DecideOptions,
): readonly Finding[] {
  return argvs.flatMap(({ argv, reached }) => {
    const code = codeReader(argv, reached);
    if (code !== null && !isNamed(code, policy.allowed_inline_code)) return [interpreted(command, INLINE(code))];
    const found = mode === "hardened" && code === null ? hardenedName(argv, reached) : null;
    return found === null || isNamed(found, policy.allowed_interpreters) ? [] : [interpreted(command, HARDENED(found))];
  });
}

function interpreted(command: ContractCommand, text: string): Finding {
  return denial("INTERPRETER_NOT_ALLOWED", text, command.id);
}

const INLINE = (name: string): string =>
  `\`${name}\` would run code from its arguments; \`allowed_inline_code\` does not name it`;
const HARDENED = (name: string): string =>
  `\`${name}\` is a shell, an interpreter or a wrapper; \`allowed_interpreters\` does not name it`;

function isNamed(name: string, names: readonly string[] | undefined): boolean {
  return names?.some((one) => one === name || programName(one) === name) ?? false;
}

function guardFindings(command: ContractCommand, policy: CscPolicy, options: DecideOptions): readonly Finding[] {
  const roots = [command.cwd, ...(policy.allowed_write_prefixes ?? [])];
  const why = options.judge?.(argvsOf(command), { cwd: command.cwd, roots, now: options.now }) ?? null;
  return why === null ? [] : [denial("GUARD_DENIED", why, command.id)];
}

function binaryFindings(
  command: ContractCommand,
  policy: CscPolicy,
  { identityOf }: DecideOptions,
): readonly Finding[] {
  const { allowed_binaries: pinned } = policy;
  if (pinned === undefined) return [];
  return argvsOf(command).flatMap(([argv0 = ""]) => {
    const pin = Object.hasOwn(pinned, argv0) ? pinned[argv0] : undefined;
    if (pin === undefined)
      return [denial("BINARY_NOT_ALLOWED", `\`${argv0}\` has no entry in \`allowed_binaries\``, command.id)];
    if (identityOf === undefined) return [];
    const file = identityOf(argv0);
    if (file === undefined) return [denial("BINARY_NOT_ALLOWED", `\`${argv0}\` is not found`, command.id)];
    if (file.path === pin.path && file.sha256 === pin.sha256) return [];
    return [
      denial(
        "BINARY_NOT_ALLOWED",
        `\`${argv0}\` is \`${file.path}\` (${file.sha256}), not the pinned file`,
        command.id,
      ),
    ];
  });
}

// A glob names files that nobody has seen: it can be read as what it is expanded to, it cannot be written.
function scopeFindings(command: ContractCommand): readonly Finding[] {
  const globs = (paths: readonly string[]): readonly string[] => paths.filter((path) => /[*?[]/.test(path));
  return [
    ...globs(command.write_paths).filter((path) => scopeOf(path).kind !== "subtree"),
    ...globs(command.read_paths).filter((path) => scopeOf(path).kind === "refused" && path.startsWith("/**")),
  ].map((path) =>
    denial("SCOPE_NOT_GRANTABLE", `the scope \`${path}\` is neither a path nor a subtree (\`DIR/**\`)`, command.id),
  );
}

function reclassified({ command, effects }: SeenCommand): readonly Finding[] {
  return effects
    .filter((effect) => effect !== command.proposed_effect_type)
    .map((effect) =>
      note(
        "EFFECT_RECLASSIFIED",
        `claimed as \`${command.proposed_effect_type}\`, classified as \`${effect}\``,
        command.id,
      ),
    );
}
