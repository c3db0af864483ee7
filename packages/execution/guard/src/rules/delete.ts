// Deletes go to the trash; what may never be deleted stays.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "delete",
  effects: {
    "delete.trash": {
      decision: "rewrite",
      code: "DELETE_TO_TRASH",
      why: "a delete cannot be undone",
      instead: "the files go to the trash and `ces undo` brings them back",
    },
    "delete.floor": {
      decision: "deny",
      code: "DELETE_FLOOR",
      why: "it is the system's, or the whole of a home or disk",
      instead: "name exactly what to delete, below the workspace",
      floor: true,
    },
    "delete.through-link": {
      decision: "deny",
      code: "DELETE_THROUGH_LINK",
      why: "a link leads somewhere that was not named",
      instead: "name the real path, or delete the link itself",
    },
    "delete.wipe": {
      decision: "deny",
      code: "DELETE_WIPE",
      why: "wiping cannot be undone",
      instead: "use `rm`, which goes to the trash",
    },
    "delete.overwrite-empty": {
      decision: "rewrite",
      code: "EMPTIES_FILE",
      why: "emptying a file loses its content",
      instead: "a copy goes to the trash first and `ces undo` brings it back",
    },
    "delete.unknown-root": {
      decision: "deny",
      code: "DELETE_UNKNOWN_ROOT",
      why: "an empty variable would make it delete a root",
      instead: "write the path out, or test that the variable is set",
    },
    "delete.trash-clear": {
      decision: "ask",
      code: "TRASH_CLEAR",
      why: "clearing the trash cannot be undone",
      instead: "let a person clear it",
    },
    "delete.sync": {
      decision: "ask",
      code: "DELETE_SYNC",
      why: "it deletes whatever the other side does not have",
      instead: "leave the deleting option out, or try a dry run",
    },
    "delete.code-api": {
      decision: "deny",
      code: "DELETE_BY_CODE",
      why: "deletes from inside code pass the trash by",
      instead: "use `rm`, which goes to the trash",
    },
    "delete.important": {
      decision: "ask",
      code: "DELETE_IMPORTANT",
      why: "it is not the project's own content",
      instead: "name what to delete inside it, or let a person do it",
    },
  },
};
