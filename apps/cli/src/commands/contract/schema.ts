// `ces contract schema NAME`: the JSON Schemas of the format and of what CES adds, as they are enforced.
import { cscSchemas } from "@ces/contract";
import { CesError } from "@ces/kernel";
import { type Data, defineCommand, type Outcome } from "../../define-command.ts";
import { table } from "../../view/layout.ts";
import { plain, strong } from "../../view/line.ts";

type Name = keyof typeof cscSchemas;
type SchemaData = {
  readonly schemas: readonly { readonly name: string; readonly about: string }[];
  readonly schema: Data;
};

export const command = defineCommand({
  summary: "the JSON Schema of a contract, policy, decision, approval or receipt",
  group: "Execution",
  args: [{ name: "name", summary: `one of ${Object.keys(cscSchemas).join(", ")}; without it they are listed` }],
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
    const { schema } = cscSchemas[name];
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
  return Object.hasOwn(cscSchemas, name);
}

function listed(): { readonly name: string; readonly about: string }[] {
  return Object.entries(cscSchemas).map(([name, { about }]) => ({ name, about }));
}
