// `ces guard deps import EXPORT…`: OSV exports that a person fetched become the guard's advisory data.
import { resolve } from "node:path";
import { ownState } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { defineCommand, done } from "../../../define-command.ts";
import { accountPlaces, advisoryIndexPath } from "../../../guard-deps/advisory-index.ts";
import { ecosystemData, ecosystemTable } from "../../../guard-deps/ecosystem-lines.ts";
import { importWithPerson } from "../../../guard-deps/import-with-person.ts";
import { attention, dim, good, line, plain } from "../../../view/line.ts";

export const command = defineCommand({
  summary: "compile OSV exports into the data that installs are judged by",
  group: "Execution",
  args: [],
  rest: { name: "exports", summary: "zips of osv-vulnerabilities, files with one record a line, or folders of either" },
  options: [],
  examples: [
    { line: "ces guard deps import npm.zip pypi.zip", note: "one zip an ecosystem; the others stay as they are" },
    { line: "ces guard deps import ./malicious-packages", note: "a folder of records" },
  ],
  exits: [0, 1, 2, 3, 4, 5],
  run: async (ctx) => {
    if (ctx.rest.length === 0)
      throw new CesError("USAGE_ARGUMENT", "the export to import is missing", {
        remedy: "ces guard deps import npm.zip",
      });
    const places = accountPlaces(ctx.env);
    ownState(places);
    const sources = ctx.rest.map((one) => resolve(ctx.cwd, one));
    const { ecosystems, records, withdrawn, refused, refused_names, lost } = await importWithPerson(
      ctx,
      sources,
      advisoryIndexPath(places),
    );
    return done(
      {
        ecosystems: ecosystems.map((one) => ecosystemData(one, Date.now())),
        records,
        withdrawn,
        refused,
        refused_names,
        lost: lost.map((one) => ({ ...one })),
      },
      "ces guard deps status",
    );
  },
  view: ({ data }) => [
    line(good`imported `, plain`${data.records} records`, dim`, ${data.withdrawn} withdrawn`),
    ...ecosystemTable(data.ecosystems),
    ...(data.refused === 0
      ? []
      : [line(attention`${data.refused} documents were no records: `, dim`${data.refused_names.join(", ")}`)]),
    ...(data.lost.length === 0
      ? []
      : [line(attention`${data.lost.length} records of malicious packages are gone, as you agreed`)]),
  ],
});
