// The player's lines. It runs inside the box, so its stream is as hostile as any client's (S17).
import type { Json } from "@ces/kernel";
import { z } from "zod";

const jsonObject = z.custom<{ readonly [name: string]: Json }>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

export const PlayerMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready"), version: z.string() }),
  z.strictObject({ type: z.literal("say"), text: z.string() }),
  z.strictObject({
    type: z.literal("ask"),
    id: z.string().min(1),
    tool: z.enum(["Write", "Edit", "Read", "Bash"]),
    input: jsonObject,
  }),
  z.strictObject({
    type: z.literal("done"),
    id: z.string(),
    ok: z.boolean(),
    ran: z.boolean(),
    exit_code: z.number().int().nullable(),
    output: z.string(),
  }),
  z.strictObject({ type: z.literal("end"), stopped: z.boolean() }),
]);
export type PlayerMessage = z.infer<typeof PlayerMessage>;
