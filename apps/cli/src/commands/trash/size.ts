// `ces trash size`: how much lies in each trash folder of this account.
import { shownText, trashSizes } from "@ces/trash";
import { defineCommand, done } from "../../define-command.ts";
import { openTrash } from "../../trash/open-trash.ts";
import { sizeText } from "../../trash/trash-lines.ts";
import { table } from "../../view/layout.ts";
import { dim, plain, strong } from "../../view/line.ts";

export const command = defineCommand({
  summary: "how much is in the trash",
  group: "Execution",
  args: [],
  options: [],
  examples: [{ line: "ces trash size", note: "each trash folder: items and bytes" }],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const sizes = trashSizes(openTrash(ctx, ["size"]).trash);
    const folders = sizes.map(({ root, ...rest }) => ({ trash: shownText(root), ...rest }));
    return done({ folders }, folders.some(({ items }) => items > 0) ? "ces trash list" : null);
  },
  view: ({ data }) =>
    table(
      ["trash", "items", "of other programs", "size"],
      data.folders.map((one) => [
        plain`${one.trash}`,
        strong`${one.items}`,
        dim`${one.foreign}`,
        plain`${sizeText(one.bytes)}`,
      ]),
    ),
});
