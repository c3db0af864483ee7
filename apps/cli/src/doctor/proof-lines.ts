// How a proof reads: through whom, one line per canary, what was not tried, and where it stands now.
import type { CanaryData, ProofData } from "./proof-data.ts";
import { attention, bad, dim, good, line, plain, type Line } from "../view/line.ts";

/** The table. */
export function proofLines(proof: ProofData): readonly Line[] {
  const through = proof.runtimes.map(({ runtime, version }) => `${runtime} ${version}`).join(", ");
  return [
    line(plain`proved through ${through}`, dim`  ${proof.machine.kernel}, bubblewrap ${proof.machine.bubblewrap}`),
    ...(proof.runtimes.some(({ runtime }) => runtime === "replay")
      ? [line(attention`no client is installed: a recording played the commands, with no model behind it`)]
      : []),
    ...proof.canaries.flatMap(canaryLines),
    ...proof.not_tried.map(({ id, runtime, why }) =>
      line(attention`- `, plain`${id.padEnd(15)}`, dim`${runtime.padEnd(8)}not tried: ${why}`),
    ),
    proof.held ? line(good`all held`) : line(bad`a wall does not hold: nothing is built here until a proof is green`),
    proof.recorded
      ? line(dim`${proof.proof_id} is in the ledger, with a signed receipt`)
      : line(attention`not recorded: there is no project here`),
  ];
}

function canaryLines({ id, runtime, held, must, observed }: CanaryData): readonly Line[] {
  const mark = held ? good`\u2713 ` : bad`\u2717 `;
  const first = line(mark, plain`${id.padEnd(15)}`, dim`${runtime.padEnd(8)}${observed}`);
  return held ? [first] : [first, line(dim`                         must: ${must}`)];
}
