// The runner's limits at and over each edge, and the cut of the error text.

import { argvsOf, type CommandContract, type ContractCommand, limitViolations, truncateError } from "@ces/contract";
import { type JsonObject } from "@ces/kernel";
import { codePointLength } from "./code-point-length.ts";
import { differs, judge, vectorFault } from "../suite.ts";
import { objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges a limit row: a contract that is built, or a text that is cut. */
export const limitRow: RowReader = (row) => {
  if (row["op"] === "truncate") return truncateRow(row);
  rowWith(row, ["build", "violations"]);
  const contract = built(objectIn(row, "build"));
  if (contract.commands.some((command) => argvsOf(command).length === 0)) throw vectorFault("an empty contract");
  return judge([differs("violations", row["violations"], limitViolations(contract).length)]);
};

const truncateRow = (row: JsonObject) => {
  rowWith(row, ["op", "char", "times", "max", "reference"]);
  const text = truncateError(textIn(row, "char").repeat(Number(row["times"])), Number(row["max"]));
  const { length_code_points, tail } = objectIn(row, "reference");
  return judge([
    differs("length", length_code_points, codePointLength(text)),
    text.endsWith(String(tail)) ? undefined : `ends in \`${[...text].slice(-20).join("")}\``,
  ]);
};

const KNOWN = [
  "commands",
  "pipeline_segments",
  "argv_elements",
  "argv_element_bytes",
  "argv_element_chars",
  "justification_chars",
];
const SIDE = ["char", "bytes_per_char", "note"];

function built(build: JsonObject): CommandContract {
  const unknown = Object.keys(build).filter((name) => !KNOWN.includes(name) && !SIDE.includes(name));
  if (unknown.length > 0) throw vectorFault(`cannot build \`${unknown.join("`, `")}\``);
  const number = (name: string): number | undefined => {
    const value = build[name];
    return typeof value === "number" ? value : undefined;
  };
  const char = typeof build["char"] === "string" ? build["char"] : "x";
  const element = number("argv_element_bytes") ?? number("argv_element_chars");
  const argv = [
    "true",
    ...Array.from({ length: (number("argv_elements") ?? 1) - 1 }, () => "x"),
    ...(element === undefined ? [] : [char.repeat(element)]),
  ];
  const segments = number("pipeline_segments");
  const run =
    segments === undefined
      ? { exec: { argv } }
      : { pipeline: { segments: Array.from({ length: segments }, () => ({ argv })) } };
  return {
    version: "csc.v0.1",
    contract_id: "limits-row",
    intent: "i",
    actor: { agent_id: "a", session_id: "s", initiating_user: "u", delegation_scope: "d" },
    commands: Array.from({ length: number("commands") ?? 1 }, (_, index) => commandOf(`c${index}`, run)),
    risk_class: "low",
    approval_mode: "policy_only",
    justification: char.repeat(number("justification_chars") ?? 1),
  };
}

function commandOf(id: string, run: object): ContractCommand {
  const scope = {
    id,
    cwd: "/w",
    read_paths: [],
    write_paths: [],
    network: "deny",
    env_allow: [],
    secret_refs: [],
    timeout_sec: 10,
    proposed_effect_type: "observe",
  };
  // Either form is put together above.
  return { ...scope, ...run } as unknown as ContractCommand;
}
