// Cedar policies and the answer that a safe host must reach, with the real engine or without one.
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { type CedarRequest, cedarGateOrDenial, openCedarGate, readAction } from "@ces/governance-rules";
import { type Json, type JsonObject, utf8Encode } from "@ces/kernel";
import { differs, vectorFault } from "../suite.ts";
import { caseFiles, isObject, type Members, texts } from "./acta-case.ts";

export const cedarGate = caseFiles("cedar-gate", (file, id) => {
  const expected = file.object("expect");
  const missing = file.text("fault") === "engine_unavailable";
  const files = policiesOf(file.at("policies"));
  const given = file.at("schema");
  const schema = given === undefined ? null : typeof given === "string" ? given : JSON.stringify(given);
  const gate = cedarGateOrDenial(() => openCedarGate(missing ? null : cedar, { id, files, schema }));
  const request = file.at("request");
  if (!isObject(request)) throw vectorFault("`request` is no object");
  const raw = gate.judge(requestOf(request));
  const path = isObject(request["context"]) ? request["context"]["path"] : undefined;
  const required = expected.text("required");
  const errors = expected.at("errors");
  texts(expected.at("acceptable"));
  expected.at("naive_engine_decision");
  return [
    ...["decision", "decision_if_passed_raw"].map((name) => {
      const wanted = expected.text(name);
      return wanted === undefined ? undefined : differs(name, wanted, raw.decision);
    }),
    errors === undefined ? undefined : differs("errors", Number(errors) > 0, raw.reason_code === "CEDAR_ERROR"),
    causeReason(expected, raw.reason_code),
    required === undefined
      ? undefined
      : differs(required, "deny", gate.judge(requestOf(resolved(request, path))).decision),
  ];
});

const CAUSES: Readonly<Record<string, string>> = {
  engine_unavailable: "CEDAR_UNAVAILABLE",
  policy_load_rejected: "CEDAR_POLICY_INVALID",
  deny_on_evaluation_error: "CEDAR_ERROR",
  evaluation_error: "CEDAR_ERROR",
};

function causeReason(expected: Members, code: string): string | undefined {
  const cause = expected.text("cause");
  return cause === undefined ? undefined : differs(`cause ${cause}`, CAUSES[cause], code);
}

// One text, or texts by their names.
function policiesOf(value: Json | undefined): { readonly name: string; readonly bytes: Uint8Array }[] {
  const named = isObject(value) ? Object.entries(value) : [["policy.cedar", value ?? ""] as const];
  return named.map(([name, content]) => ({ name, bytes: utf8Encode(String(content)) }));
}

// What the host does before it asks: the path in its one spelling.
function resolved(request: JsonObject, path: unknown): JsonObject {
  const read = readAction(`file:read:${String(path)}`);
  const normal = "why" in read ? "" : read.normal.slice("file:read:".length);
  return { ...request, context: { path: normal } };
}

function requestOf(request: JsonObject): CedarRequest {
  return { entities: [], ...request } as unknown as CedarRequest; // the engine checks what it is handed
}
