// Server-sent events as the vendors write them, for models that are played.
import type { JsonObject } from "@ces/kernel";

/** A whole stream of events; each names its type twice, as both vendors do. */
export const eventStream = (events: readonly (JsonObject & { readonly type: string })[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
