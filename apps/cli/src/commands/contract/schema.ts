// `ces contract schema NAME`: the JSON Schemas of the format and of what CES adds, as they are enforced.
import {
  approvalSchema,
  contractSchema,
  decisionSchema,
  houseReceiptSchema,
  policyExtensions,
  policySchema,
  receiptSchema,
  signedApprovalSchema,
  trustSchema,
} from "@ces/contract/schemas";
import { CesError } from "@ces/kernel";
import { type Data, defineCommand, type Outcome } from "../../define-command.ts";
import { table } from "../../view/layout.ts";
import { plain, strong } from "../../view/line.ts";

const schemas = {
  contract: { schema: contractSchema, about: "what an agent asks for; published" },
  policy: { schema: policySchema, about: "what an operator grants; published" },
  "policy-extensions": { schema: policyExtensions, about: "the members that CES adds to a policy" },
  decision: { schema: decisionSchema, about: "what `ces contract check --json` answers; published" },
  approval: { schema: signedApprovalSchema, about: "an approval, bare or bound and signed" },
  "approval-published": { schema: approvalSchema, about: "the bare approval; published" },
  receipt: { schema: houseReceiptSchema, about: "what `ces contract run` writes" },
  "receipt-published": { schema: receiptSchema, about: "the receipt of the reference; published" },
  trust: { schema: trustSchema, about: "the file of `ces contract verify --trust`" },
} as const;

type Name = keyof typeof schemas;
type SchemaData = {
  readonly schemas: readonly { readonly name: string; readonly about: string }[];
  readonly schema: Data;
};

export const command = defineCommand({
  summary: "the JSON Schema of a contract, policy, decision, approval or receipt",
  group: "Execution",
  args: [{ name: "name", summary: `one of ${Object.keys(schemas).join(", ")}; without it they are listed` }],
  options: [],
  examples: [{ line: "ces contract schema contract", note: "JSON Schema 2020-12" }],
  exits: [0, 2],
  run: async (ctx): Promise<Outcome<SchemaData>> => {
    const name = ctx.args["name"];
    if (name === undefined)
      return {
        exit: 0,
        data: { schemas: listed(), schema: null },
        blockers: [],
        next: "ces contract schema contract",
      };
    if (!isName(name)) {
      throw new CesError("USAGE_ARGUMENT", `there is no schema \`${name}\``, { remedy: "ces contract schema" });
    }
    const { schema } = schemas[name];
    return {
      exit: 0,
      data: { schemas: [], schema },
      blockers: [],
      next: null,
      document: `${JSON.stringify(schema, null, 2)}\n`,
    };
  },
  view: ({ data }) =>
    table(
      ["schema", "about"],
      data.schemas.map(({ name, about }) => [strong`${name}`, plain`${about}`]),
    ),
});

function isName(name: string): name is Name {
  return Object.hasOwn(schemas, name);
}

function listed(): { readonly name: string; readonly about: string }[] {
  return Object.entries(schemas).map(([name, { about }]) => ({ name, about }));
}
