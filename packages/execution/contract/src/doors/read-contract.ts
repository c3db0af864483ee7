// The door for contracts. What the published schema leaves open and the reference let through is refused here. Source: spec/csc.md §1.2, F-08, F-09, F-18.

import type { Json } from "@ces/kernel";
import type { CommandContract } from "../command-contract.ts";
import { contractSha256, type Hasher } from "../digests.ts";
import { limits } from "../limits.ts";
import { hasDots } from "../paths/normal-path.ts";
import type { Problem, Read } from "../problem.ts";
import { contractSchema } from "../schema/published-contract.ts";
import { readJson, schemaProblems } from "./read-json.ts";

/** Reads a contract from the bytes of its JSON file; the hash is the reference's. Never throws. */
export function readContract(bytes: Uint8Array, crypto: Hasher): Read<CommandContract> {
  const parsed = readJson(bytes, "contract", limits.contract_bytes);
  if (parsed.kind === "refused") return parsed;
  const problems = contractProblems(parsed.value);
  if (problems.length > 0) return { kind: "refused", problems };
  // The published schema is the type; a test holds the two together.
  const value = parsed.value as unknown as CommandContract;
  return { kind: "read", value, sha256: contractSha256(value, crypto) };
}

/** What is wrong with a contract that is already a value. */
export function contractProblems(value: Json): readonly Problem[] {
  const schema = schemaProblems(contractSchema, value, "contract");
  if (schema.length > 0) return schema;
  // As above: the schema holds.
  const contract = value as unknown as CommandContract;
  return [...nulProblems(value, ""), ...idProblems(contract), ...pathProblems(contract)];
}

// NUL ends a C string: what is judged would not be what is executed.
function nulProblems(value: Json, path: string): readonly Problem[] {
  if (typeof value === "string") {
    return value.includes("\0") ? [{ code: "NUL", path, text: `contract: \`${path}\` holds NUL` }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => nulProblems(member, `${path}/${name}`));
}

function idProblems(contract: CommandContract): readonly Problem[] {
  const ids = contract.commands.map(({ id }) => id);
  return ids.flatMap((id, index): readonly Problem[] =>
    ids.indexOf(id) === index
      ? []
      : [
          {
            code: "COMMAND_ID_DUPLICATE",
            path: `/commands/${index}/id`,
            text: `contract: a command before this one has the same id (\`/commands/${index}/id\`)`,
          },
        ],
  );
}

function pathProblems(contract: CommandContract): readonly Problem[] {
  const named = [
    ...contract.commands.flatMap(({ cwd, read_paths, write_paths }, index) => [
      [`/commands/${index}/cwd`, cwd] as const,
      ...read_paths.map((path, at) => [`/commands/${index}/read_paths/${at}`, path] as const),
      ...write_paths.map((path, at) => [`/commands/${index}/write_paths/${at}`, path] as const),
    ]),
    ...(contract.expected_outputs ?? []).map((path, at) => [`/expected_outputs/${at}`, path] as const),
  ];
  return named
    .filter(([, path]) => hasDots(path))
    .map(([at]) => ({ code: "PATH_DOTS", path: at, text: `contract: \`${at}\` has a \`.\` or \`..\` segment` }));
}
