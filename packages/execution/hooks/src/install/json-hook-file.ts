// A host's JSON settings with our elements in its lists of hooks.
import { MARK } from "./hook-command.ts";
import type { HostFile } from "./install-plan.ts";
import { type Frame, type ListPlace, withElement, withoutElement } from "./json-edit.ts";

/** One element and the list it belongs in. */
export interface ListedHook {
  readonly path: readonly string[];
  readonly element: object;
}

/** A settings file that gets these hooks; `frame` are the members of a fresh one. */
export function jsonHookFile(path: string, hooks: readonly ListedHook[], frame: Frame = {}): HostFile {
  const place = (hook: ListedHook): ListPlace => ({ file: path, path: hook.path, isOurs });
  return {
    path,
    purpose: "the hook",
    whole: false,
    edit: (text) => hooks.reduce((now, hook) => withElement(now, place(hook), hook.element, frame), text ?? ""),
    remove: (text) => {
      const without = hooks.reduce<string>((now, hook) => withoutElement(now, place(hook)) ?? now, text);
      return without === text ? null : without;
    },
  };
}

/** True for a hook, or a group of hooks, that starts nothing but our program. */
export function isOurs(element: unknown): boolean {
  if (typeof element !== "object" || element === null) return false;
  if ("hooks" in element && Array.isArray(element.hooks))
    return element.hooks.length > 0 && element.hooks.every(isOurs);
  const line = "command" in element ? element.command : "bash" in element ? element.bash : undefined;
  return typeof line === "string" && line.includes(MARK);
}
