// Tells every story in a process of its own and prints what became of each, one JSON line per story; started as another user.
import { closeInheritedDescriptors } from "@ces/sandbox";
import { tell } from "./scenario.ts";
import { stories, titleOf } from "./stories.ts";

closeInheritedDescriptors();
for (const story of stories) {
  const why = await tell(story).then(
    () => null,
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  process.stdout.write(`${JSON.stringify({ title: titleOf(story), why })}\n`);
}
