// Shapes that exist to hide something.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "bypass",
  effects: {
    "bypass.hidden-characters": {
      decision: "deny",
      code: "HIDDEN_CHARACTERS",
      why: "characters that cannot be seen hide what would run",
      instead: "type plain characters",
    },
    "bypass.hidden-name": {
      decision: "deny",
      code: "HIDDEN_NAME",
      why: "the program's name is put together so that it cannot be read",
      instead: "write the program's name out",
    },
    "bypass.shadowed-name": {
      decision: "deny",
      code: "SHADOWED_NAME",
      why: "another program stands under the name of a known one",
      instead: "run it by its path, or rename it",
    },
    "bypass.redefined-name": {
      decision: "deny",
      code: "REDEFINED_NAME",
      why: "a known name would mean something else",
      instead: "choose another name",
    },
    "bypass.loader": {
      decision: "deny",
      code: "LOADER",
      why: "it starts programs or libraries past their names",
      instead: "start the program directly",
    },
  },
};
