// The bounds of a contract before anything is spawned, and of what a receipt keeps. Source: spec/csc.md §1.2, runner limits.

import { utf8Length } from "@ces/kernel";
import { argvsOf, type Argv, type CommandContract } from "./command-contract.ts";
import { codePoints } from "./schema/json-schema.ts";

/** Bytes unless the name says otherwise. */
export const limits = {
  contract_bytes: 1_048_576,
  policy_bytes: 524_288,
  approval_bytes: 65_536,
  receipt_bytes: 16_777_216,
  key_bytes: 4_096,
  trust_bytes: 1_048_576,
  nesting: 32,
  commands: 20,
  pipeline_segments: 10,
  argv_elements: 200,
  argv_element_bytes: 131_072,
  justification_code_points: 4_000,
  error_code_points: 4_000,
  stdout_bytes: 10_485_760,
  stderr_bytes: 1_048_576,
} as const;

/** One sentence for each bound that the contract exceeds. */
export function limitViolations(contract: CommandContract): readonly string[] {
  return [
    ...over("commands", contract.commands.length, limits.commands),
    ...over("code points of justification", codePoints(contract.justification), limits.justification_code_points),
    ...contract.commands.flatMap((command) => [
      ...over(`pipeline segments of \`${command.id}\``, argvsOf(command).length, limits.pipeline_segments),
      ...argvsOf(command).flatMap((argv) => argvViolations(command.id, argv)),
    ]),
  ];
}

function argvViolations(id: string, argv: Argv): readonly string[] {
  return [
    ...over(`argv elements of \`${id}\``, argv.length, limits.argv_elements),
    ...argv.flatMap((word, index) =>
      over(`bytes of argv element ${index} of \`${id}\``, utf8Length(word), limits.argv_element_bytes),
    ),
  ];
}

function over(what: string, size: number, most: number): readonly string[] {
  return size > most ? [`${size} ${what}, at most ${most} are allowed`] : [];
}

const MARKER = "... [truncated]";

/** `text` in at most `most` code points; a cut text ends in a marker when there is room for one. */
export function truncateError(text: string, most: number = limits.error_code_points): string {
  if (text.length <= most) return text;
  const points = [...text];
  if (points.length <= most) return text;
  if (most <= MARKER.length) return points.slice(0, most).join("");
  return points.slice(0, most - MARKER.length).join("") + MARKER;
}
