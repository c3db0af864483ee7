// New or changed dependencies are code that nobody here wrote; installing them takes network and runs their scripts.
// A person does that, not a governed run. Editing only the scripts of package.json is not a dependency change.
import { compileGlob } from "@ces/kernel";
import { changeFacts, fileFacts, type FileFacts } from "../change-facts.ts";
import { dependencyBlocks } from "../dependency-blocks.ts";
import { isLockfile } from "../path-kinds.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "dependency_change";

const jsonManifest = compileGlob("**/{package.json,composer.json}").test;
const otherManifest = compileGlob(
  "**/{pyproject.toml,pipfile,setup.py,setup.cfg,cargo.toml,go.mod,go.work,gemfile,pom.xml,build.gradle,build.gradle.kts,mix.exs,pnpm-workspace.yaml,deno.json,deno.jsonc}",
).test;
const requirements = compileGlob("**/*requirements*.{txt,in}").test;

export const sensor: Sensor = {
  id: ID,
  pack: "dependency",
  summary: "changed dependencies or lockfiles",
  needs: ["**"],
  judge: ({ files, judged_dependencies = [] }) => {
    const unjudged = files.filter(({ path }) => !judged_dependencies.includes(path));
    return observe(ID, "high", unjudged.filter(changesDependencies).map(sightingOf));
  },
  examples: {
    matches: [
      changeFacts([fileFacts("package.json", '{"dependencies":{}}', '{"dependencies":{"left-pad":"1.3.0"}}')]),
      changeFacts([fileFacts("pnpm-lock.yaml", "a\n", "b\n")]),
      changeFacts([fileFacts("package.json", "{}", '{"dependencies":')]),
    ],
    spares: [
      changeFacts([fileFacts("package-lock.json", "a\n", "b\n")], { judged_dependencies: ["package-lock.json"] }),
      changeFacts([
        fileFacts(
          "package.json",
          '{"scripts":{"test":"a"},"dependencies":{"x":"1"}}',
          '{"dependencies":{"x":"1"},"scripts":{"test":"b"}}',
        ),
      ]),
    ],
  },
};

function changesDependencies(file: FileFacts): boolean {
  const path = file.path.toLowerCase();
  if (isLockfile(path) || otherManifest(path) || requirements(path)) return true;
  if (!jsonManifest(path)) return false;
  const before = dependencyBlocks(file.before);
  const after = dependencyBlocks(file.after);
  return before === undefined || after === undefined || before !== after;
}

function sightingOf(file: FileFacts): Sighting {
  return {
    severity: "high",
    category: "DEPENDENCY_CHANGE",
    path: file.path,
    line: null,
    title: "the dependencies were changed",
    description: "The checks ran with the dependencies of the base; what the new ones do was not measured.",
    recommendation: "Make the change of dependencies yourself, commit it, and run the task again on top of it.",
  };
}
