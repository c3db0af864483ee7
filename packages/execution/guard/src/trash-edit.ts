// The change that sends a delete to the trash: the program's name becomes the trash command, its words stay as they are.
import type { Edit } from "./effect.ts";
import type { Call, Evaluation } from "./profile.ts";

const sameOptions: Readonly<Record<string, string>> = { rm: "", rmdir: " --as rmdir", unlink: " --as unlink" };

/** The edit of a call of `rm`, `rmdir` or `unlink`; none where its word stands nowhere in the text. */
export function trashWord({ name, word }: Call, { setting }: Pick<Evaluation, "setting">): readonly Edit[] {
  if (word.at === null || setting.governed) return [];
  return [{ at: word.at, text: `${setting.trash_command}${sameOptions[name] ?? ""}`, kind: "trash" }];
}
