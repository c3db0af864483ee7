import { expect, test } from "vitest";
import { checksFromFlags } from "../src/flag-checks.ts";

test("a command line becomes argv without a shell", () => {
  const [check] = checksFromFlags([`npm run "my lint" --flag='a b' $HOME`], []);
  expect(check).toMatchObject({ check_id: "flag-1", kind: "custom", origin: "flag", summary_format: "exit" });
  expect(check?.argv).toEqual(["npm", "run", "my lint", "--flag=a b", "$HOME"]);
});

test.each(["", "   ", "npm run 'lint", 'echo "'])("`%s` is no command line", (line) => {
  expect(() => checksFromFlags([line], [])).toThrow(expect.objectContaining({ code: "CHECK_INVALID" }));
});
