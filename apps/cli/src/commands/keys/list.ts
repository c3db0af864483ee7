// `ces keys list`: who is enrolled here, and whose key this account holds. Never a key.
import { Identity } from "@ces/records";
import { defineCommand, done } from "../../define-command.ts";
import { table } from "../../view/layout.ts";
import { dim, good, line, plain, strong } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "who is enrolled in this project",
  group: "Operations",
  args: [],
  options: [],
  examples: [{ line: "ces keys list", note: "names, gates, who vouched" }],
  exits: [0, 2, 4, 5],
  run: (ctx) =>
    withProject(ctx, ({ store, identities }) => {
      const people = store.records("identity").map(({ body }) => Identity.parse(body));
      const rows = people.map((one) => ({ ...one, key_here: identities.signer(one.name) !== undefined }));
      return done({ identities: rows }, rows.length === 0 ? "ces keys enroll NAME --may hybrid" : null);
    }),
  view: ({ data }) => {
    if (data.identities.length === 0) return [line(plain`nobody is enrolled in this project`)];
    const rows = data.identities.map((one) => [
      strong`${one.name}`,
      plain`${one.may}`,
      one.key_here ? good`yes` : dim`no`,
      plain`${one.enrolled_by}`,
      dim`${one.enrolled_at}`,
    ]);
    return table(["name", "may", "key here", "vouched by", "since"], rows);
  },
});
