// `ces keys list`: who is enrolled here, whose key this account holds, and its keys for receipts. Never a private byte.
import { isCesError } from "@ces/kernel";
import { Identity } from "@ces/records";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { keyHomeOf } from "../../receipts/key-home-of.ts";
import { shownKeyLines } from "../../receipts/shown-key-lines.ts";
import { shownKeys } from "../../receipts/shown-keys.ts";
import { plainData } from "../../story/plain-data.ts";
import { sections, table } from "../../view/layout.ts";
import { dim, good, line, type Line, plain, strong } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

type Enrolled = Identity & { readonly key_here: boolean };

export const command = defineCommand({
  summary: "who is enrolled in this project, and your keys for receipts",
  group: "Operations",
  args: [],
  options: [],
  examples: [{ line: "ces keys list", note: "names, gates, who vouched; receipt keys and since when they sign" }],
  exits: [0, 2, 4, 5],
  run: async (ctx) => {
    const receipt_keys = shownKeys(keyHomeOf(ctx));
    const identities = await enrolled(ctx, receipt_keys.length);
    const next = receipt_keys.length === 0 && identities.length === 0 ? "ces keys enroll NAME --may hybrid" : null;
    return done(plainData({ identities, receipt_keys }), next);
  },
  view: ({ data }) => {
    const people = peopleLines(data.identities);
    return sections(people, shownKeyLines(data.receipt_keys));
  },
});

// Nobody is enrolled where there is no project; the keys for receipts are the account's, and are shown all the same when there are any.
async function enrolled(ctx: CommandContext, receipt_keys: number): Promise<readonly Enrolled[]> {
  try {
    return await withProject(ctx, ({ store, identities }) =>
      store
        .records("identity")
        .map(({ body }) => Identity.parse(body))
        .map((one) => ({ ...one, key_here: identities.signer(one.name) !== undefined })),
    );
  } catch (error) {
    if (receipt_keys > 0 && isCesError(error, "NO_PROJECT")) return [];
    throw error;
  }
}

function peopleLines(identities: readonly Enrolled[]): readonly Line[] {
  if (identities.length === 0) return [line(plain`nobody is enrolled in this project`)];
  const rows = identities.map((one) => [
    strong`${one.name}`,
    plain`${one.may}`,
    one.key_here ? good`yes` : dim`no`,
    plain`${one.enrolled_by}`,
    dim`${one.enrolled_at}`,
  ]);
  return table(["name", "may", "key here", "vouched by", "since"], rows);
}
