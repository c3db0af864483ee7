// A sensor is one file that exports data: what it wants to see, how it judges, and examples that prove it.
import type { Finding, Observation, Severity } from "@ces/records";
import type { ChangeFacts } from "./change-facts.ts";

/** What a sensor found in one place, before it is numbered. */
export interface Sighting {
  readonly severity: Severity;
  readonly category: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly title: string;
  readonly description: string;
  readonly recommendation: string;
}

/** One sensor. `judge` gets only the files that match `needs`; scope and closure facts always. */
export interface Sensor {
  readonly id: string;
  readonly pack: string;
  readonly summary: string;
  readonly needs: readonly string[];
  readonly judge: (facts: ChangeFacts) => Observation;
  /** Facts in which it must find something, and facts in which it must find nothing. */
  readonly examples: { readonly matches: readonly ChangeFacts[]; readonly spares: readonly ChangeFacts[] };
}

const order: readonly Severity[] = ["info", "low", "medium", "high", "critical"];
const MAX_FINDINGS = 200;

/**
 * An observation from sightings: failed when one is at least `fails_at`, else passed.
 * At most 200 findings are kept, the gravest first; the detail counts the rest.
 */
export function observe(sensor: string, fails_at: Severity, sightings: readonly Sighting[]): Observation {
  const sorted = [...sightings].sort((a, b) => order.indexOf(b.severity) - order.indexOf(a.severity));
  const findings = sorted.slice(0, MAX_FINDINGS).map((sighting, index) => findingOf(sensor, index + 1, sighting));
  const failed = sorted.some((sighting) => order.indexOf(sighting.severity) >= order.indexOf(fails_at));
  const more = sorted.length > findings.length ? `, ${sorted.length - findings.length} more not listed` : "";
  return { sensor, outcome: failed ? "failed" : "passed", detail: `${findings.length} findings${more}`, findings };
}

function findingOf(sensor: string, number: number, sighting: Sighting): Finding {
  return {
    finding_id: `${sensor}:${number}`,
    source: `sensor:${sensor}`,
    severity: sighting.severity,
    category: sighting.category,
    path: sighting.path,
    line: sighting.line,
    title: sighting.title.slice(0, 300),
    description: sighting.description.slice(0, 4000),
    recommendation: sighting.recommendation.slice(0, 2000),
  };
}
