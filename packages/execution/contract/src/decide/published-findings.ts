// The rules of the format, in the order of the reference, but every one of every command: a later denial is never hidden by an earlier
// question (F-04). Source: spec/csc.md §2.3.

import { type Argv, type CommandContract, type ContractCommand, type NetworkMode } from "../command-contract.ts";
import type { CscPolicy } from "../csc-policy.ts";
import { normalPath, withinResolved } from "../paths/normal-path.ts";
import type { Finding } from "../policy-decision.ts";
import type { ReasonCode } from "../reason-code.ts";
import { hasDeniedPrefix } from "../reach/denied-prefix.ts";
import { denial, question } from "./finding.ts";
import { secretRefusal } from "./inherit.ts";
import type { SeenCommand } from "./seen-command.ts";

/** All findings of the published rules, in their order. */
export function publishedFindings(
  contract: CommandContract,
  policy: CscPolicy,
  seen: readonly SeenCommand[],
): readonly Finding[] {
  const places: Places = {
    cwd: withinResolved(policy.allowed_cwd_prefixes),
    read: withinResolved(policy.allowed_read_prefixes),
    write: withinResolved(policy.allowed_write_prefixes ?? []),
  };
  return [
    ...(policy.allowed_risk_classes.includes(contract.risk_class)
      ? []
      : [denial("RISK_CLASS_NOT_ALLOWED", `the risk class \`${contract.risk_class}\` is not allowed`)]),
    ...seen.flatMap((one) => commandFindings(one, policy, places)),
    ...(contract.approval_mode === "policy_only"
      ? []
      : [question("APPROVAL_REQUIRED", `the contract asks for approval (\`${contract.approval_mode}\`)`)]),
  ];
}

type Places = Readonly<Record<"cwd" | "read" | "write", (path: string) => boolean>>;

function commandFindings(
  { command, argvs, effects }: SeenCommand,
  policy: CscPolicy,
  places: Places,
): readonly Finding[] {
  const { id } = command;
  return [
    ...argvs.flatMap(({ argv }) => argvFindings(argv, policy, id)),
    ...effectFindings(command, effects, policy),
    ...(command.timeout_sec > policy.max_timeout_sec
      ? [denial("TIMEOUT_EXCEEDS_POLICY", `${command.timeout_sec} s are more than ${policy.max_timeout_sec} s`, id)]
      : []),
    ...(RANK[command.network] > RANK[policy.network]
      ? [denial("NETWORK_EXCEEDS_POLICY", `network \`${command.network}\` is more than \`${policy.network}\``, id)]
      : []),
    ...command.secret_refs.flatMap((ref) => {
      const why = secretRefusal(ref, policy);
      return why === undefined ? [] : [denial("SECRET_REF_NOT_ALLOWED", `the secret \`${ref}\`: ${why}`, id)];
    }),
    ...pathFindings([command.cwd], places.cwd, { code: "CWD_NOT_ALLOWED", what: "the directory", id }),
    ...pathFindings(command.read_paths, places.read, {
      code: "READ_SCOPE_DENIED",
      what: "the read scope",
      id,
    }),
    ...(policy.require_write_paths_empty === true && command.write_paths.length > 0
      ? [denial("WRITE_PATHS_NOT_EMPTY", "the policy allows no write scopes", id)]
      : []),
    ...pathFindings(command.write_paths, places.write, {
      code: "WRITE_SCOPE_DENIED",
      what: "the write scope",
      id,
    }),
  ];
}

/** Rank of a network mode: the more, the higher. */
const RANK: Readonly<Record<NetworkMode, number>> = { deny: 0, allowlisted: 1, full: 2 };

/** Whether one argv is listed and not denied; `through` says how it is reached, if not directly. */
export function argvFindings(argv: Argv, policy: CscPolicy, id: string, through = ""): readonly Finding[] {
  const [argv0 = ""] = argv;
  if (!policy.allow_commands.includes(argv0))
    return [denial("COMMAND_NOT_ALLOWED", `the command \`${argv0}\`${through} is not allowed`, id)];
  const prefix = (policy.deny_argv_prefixes ?? []).find((one) => hasDeniedPrefix(argv, one));
  return prefix === undefined
    ? []
    : [denial("ARGV_PREFIX_DENIED", `\`${argv.join(" ")}\`${through} is denied as \`${prefix.join(" ")}\``, id)];
}

// The claim must be allowed, and so must what was found, unless it is a type that only a person's approval speaks of.
function effectFindings(command: ContractCommand, effects: readonly string[], policy: CscPolicy): readonly Finding[] {
  const { id } = command;
  const allowed: readonly string[] = policy.allowed_effect_types;
  const denied = [...new Set([command.proposed_effect_type, ...effects])].filter(
    (effect) => CORE.has(effect) && !allowed.includes(effect),
  );
  const manual = effects.filter((effect) => policy.manual_approval_for_classified_effect_types?.includes(effect));
  return [
    ...denied.map((effect) => denial("EFFECT_TYPE_NOT_ALLOWED", `the effect \`${effect}\` is not allowed`, id)),
    ...manual.map((effect) => question("APPROVAL_REQUIRED", `the effect \`${effect}\` needs an approval`, id)),
  ];
}

const CORE: ReadonlySet<string> = new Set([
  "observe",
  "transform_local",
  "fetch_external",
  "mutate_repo",
  "deploy",
  "touch_secrets",
]);

type PathRule = { readonly code: ReasonCode; readonly what: string; readonly id: string };

function pathFindings(
  paths: readonly string[],
  isInside: (path: string) => boolean,
  rule: PathRule,
): readonly Finding[] {
  return paths.flatMap((path) => {
    if (normalPath(path).kind === "not_absolute")
      return [denial("PATH_NOT_ABSOLUTE", `${rule.what} \`${path}\` is not absolute`, rule.id)];
    return isInside(path)
      ? []
      : [denial(rule.code, `${rule.what} \`${path}\` is outside every allowed prefix`, rule.id)];
  });
}
