// The forms as JSON Schema 2020-12, for whoever reads receipts in another language.

import type { JsonObject } from "@ces/kernel";
import type { Form } from "./form.ts";

/** A form as a schema document without its header. */
export function jsonSchema(form: Form): JsonObject {
  switch (form.kind) {
    case "text":
      return { type: "string", maxLength: form.most, ...(form.pattern ? { pattern: form.pattern.source } : {}) };
    case "instant":
      return { type: "string", format: "date-time" };
    case "word":
      return form.of.length === 1 ? { const: form.of[0] ?? null } : { enum: form.of };
    case "whole":
      return { type: "integer", minimum: form.least, maximum: form.most };
    case "number":
      return { type: "number", minimum: 0 };
    case "any":
      return {};
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: jsonSchema(form.of), maxItems: form.most };
    case "object":
      return {
        type: "object",
        additionalProperties: form.open,
        required: form.required,
        properties: Object.fromEntries([...form.members].map(([name, of]) => [name, jsonSchema(of)])),
      };
  }
}
