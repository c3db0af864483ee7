// Not a test: what a driver looks like that was started with descriptors left open. `raw` forgets to close them.
import { join } from "node:path";
import {
  boxUser,
  closeInheritedDescriptors,
  DEFAULT_LIMITS,
  prepareBoxRoot,
  readSystem,
  startBox,
} from "../src/index.ts";

const [mode = "", folder = ""] = process.argv.slice(2);
if (mode === "closed") closeInheritedDescriptors();
const user = boxUser("descriptors");
const root = prepareBoxRoot(join(folder, "boxes"), "descriptors", user);
const box = await startBox({
  run: "descriptors",
  root: root.path,
  user,
  bwrap: "/usr/bin/bwrap",
  system: readSystem(),
  tools: [],
  cwd: "/workspace",
  env: {},
  files: {},
  masks: [],
  gates: [],
  command: ["/bin/sh", "-c", 'set --; for f in /proc/$$/fd/*; do [ -h $f ] && set -- "$@" ${f##*/}; done; echo "$@"'],
  home: { kind: "tmpfs", bytes: 1 << 20 },
  lock: root.lock,
  keepOut: [],
  limits: DEFAULT_LIMITS,
});
box.stdout.pipe(process.stdout);
box.go();
await box.exited;
