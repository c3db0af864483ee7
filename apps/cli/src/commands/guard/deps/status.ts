// `ces guard deps status`: which advisory data installs are judged by, how old it is, and whether it is whole.
import { verifyIndex } from "@ces/advisories";
import { defineCommand, done, type Outcome } from "../../../define-command.ts";
import { accountPlaces, advisoryIndexPath } from "../../../guard-deps/advisory-index.ts";
import { ecosystemData, type EcosystemData, ecosystemTable, isStale } from "../../../guard-deps/ecosystem-lines.ts";
import { attention, dim, good, line } from "../../../view/line.ts";

type StatusData = {
  readonly imported: string | null;
  readonly ecosystems: readonly EcosystemData[];
  readonly stale: boolean;
};

export const command = defineCommand({
  summary: "the advisory data: how much, how old, whether it is whole",
  group: "Execution",
  args: [],
  options: [],
  examples: [{ line: "ces guard deps status", note: "reads the whole file and compares its checksum" }],
  exits: [0, 2, 4, 5],
  run: async (ctx): Promise<Outcome<StatusData>> => {
    const header = verifyIndex(advisoryIndexPath(accountPlaces(ctx.env)));
    if (header === undefined)
      return done({ imported: null, ecosystems: [], stale: false }, "ces guard deps import ZIP");
    const ecosystems = header.ecosystems.map((one) => ecosystemData(one, Date.now()));
    const stale = ecosystems.some(isStale);
    return done(
      { imported: new Date(header.made_at).toISOString(), ecosystems, stale },
      stale ? "ces guard deps import ZIP" : null,
    );
  },
  view: ({ data }) =>
    data.imported === null
      ? [line(attention`no advisory data was imported: every new package is asked about`)]
      : [
          line(good`whole`, dim`, imported ${data.imported}`),
          ...ecosystemTable(data.ecosystems),
          ...(data.stale ? [line(attention`data older than 7 days: every new package is asked about`)] : []),
        ],
});
