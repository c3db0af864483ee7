// Files that tell agents what to do steer every later run and every reviewer (S23); changing one is a finding by itself.
import { changeFacts, fileFacts, type FileFacts } from "../change-facts.ts";
import { isInstructionPath } from "../instruction-paths.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "instruction_files";

export const sensor: Sensor = {
  id: ID,
  pack: "security",
  summary: "changed instructions to agents",
  needs: ["**"],
  // A finding asks for a person (triage does that by its category); by itself it does not turn the change down.
  judge: (facts) => observe(ID, "critical", facts.files.filter(({ path }) => isInstructionPath(path)).map(sightingOf)),
  examples: {
    matches: [
      changeFacts([fileFacts("AGENTS.md", null, "x\n")]),
      changeFacts([fileFacts("pkg/.claude/skills/a/run.sh", null, "x\n")]),
      changeFacts([fileFacts("agents.md", "x\n", null)]),
    ],
    spares: [changeFacts([fileFacts("docs/agents-guide.md", null, "x\n")])],
  },
};

function sightingOf(file: FileFacts): Sighting {
  return {
    severity: "high",
    category: "INSTRUCTION_FILE",
    path: file.path,
    line: null,
    title: "a file that instructs agents was changed",
    description: "It is read by coding agents and reviewers as an instruction, not as data.",
    recommendation: "Read it yourself before it is merged.",
  };
}
