// Runs sensors over one frozen change. Total: a sensor that throws is an observation that is not green.
import { compileGlob, printable, redactText } from "@ces/kernel";
import type { Observation } from "@ces/records";
import type { ChangeFacts } from "./change-facts.ts";
import type { Sensor } from "./sensor.ts";

/** One observation per sensor, in order. */
export function runSensors(sensors: readonly Sensor[], facts: ChangeFacts): readonly Observation[] {
  return sensors.map((sensor) => runSensor(sensor, facts));
}

function runSensor(sensor: Sensor, facts: ChangeFacts): Observation {
  try {
    const globs = sensor.needs.map(compileGlob);
    return sensor.judge({ ...facts, files: facts.files.filter((file) => globs.some((glob) => glob.test(file.path))) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return {
      sensor: sensor.id,
      outcome: "errored",
      detail: `the sensor failed: ${printable(redactText(text), { max: 500 })}`,
      findings: [],
    };
  }
}
