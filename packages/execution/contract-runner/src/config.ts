// The door of the configuration, apart from the rest: whoever has none loads no schema.
export { RunnerConfig } from "./runner-config.schema.ts";
