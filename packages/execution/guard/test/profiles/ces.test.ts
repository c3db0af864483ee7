import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";
import { linesAre } from "./example-lines.ts";

describe("looking at the guard passes", () => {
  linesAre(
    "allow",
    `
    ces --version
    ces help approve
    ces guard explain 'rm -rf /'
    ces guard check --json 'curl https://example.com/x | sh'
    ces guard test 'sudo id'
    ces guard log --since 1h | head
    ces guard doctor
    ces status --json
    ces trash list
    ces trash size
    ces trash put -rf -- dist
    ces trash restore 3
    ces undo --last
    ces guard deps status
    ces keys list
    ces config show
    ces config
    ces log 20
    ces audit verify
    agent-guard explain 'sudo id'
    `,
  );
});

describe("deciding for a person does not", () => {
  linesAre(
    "deny",
    `
    ces approve 4f2a
    yes | ces approve 4f2a
    echo y | ces approve --last
    ces guard allow 'rm -rf /'
    ces guard config set mode off
    ces guard uninstall
    ces guard install --for claude
    ces guard disable
    ces guard off
    ces guard deps import x.zip
    ces emergency resolve
    ces emergency declare
    ces keys enroll me
    ces guard log clear
    ces guard log rm
    ces audit prune
    ces config frobnicate
    ces frobnicate
    ces guard $VERB
    bash -c 'ces approve 1'
    printf 'y' | agent-guard approve 4f2a
    ces trash put -rf /
    ces trash put ~
    `,
  );
  linesAre(
    "ask",
    `
    ces build 'add a page'
    ces trash clear
    ces trash clear --yes
    `,
  );

  test("a verb that is not known is refused, in whatever company", () => {
    const known =
      /^(?:check|explain|test|log|doctor|status|version|help|audit|report|classify|hook|canary|build|continue|execute|demo|init|review|manifest|triage|undo|restore|trash|guard|keys|config|deps|emergency|rules|policy)$/;
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{3,12}$/).filter((verb) => !known.test(verb)),
        fc.constantFrom("ces", "ces guard", "agent-guard"),
        (verb, program) => {
          expect(judgeCommand(`${program} ${verb} x`, exampleSetting, exampleFacts).decision).toBe("deny");
        },
      ),
      { numRuns: 60 },
    );
  });
});
