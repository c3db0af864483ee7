// A loopback of its own that other boxes join, with one door to a socket of the host. The bridge that holds the door runs in a
// box apart: what joins the room's network sees neither its files nor its processes, so no interpreter comes along.
import { CesError } from "@ces/kernel";
import type { BoxPlan } from "./plan.ts";
import { startBox } from "./start-box.ts";

/** A room that stands. `pid` is what a plan's `network` names. */
export type NetRoom = {
  readonly pid: number;
  /** Ends the bridge. A box that joined keeps its loopback, with nobody behind it. */
  readonly close: () => Promise<void>;
};

/** What a room is made of: a plan without a command, with its bridge. */
export type NetRoomPlan = Omit<BoxPlan, "command" | "room" | "network" | "goOn" | "startShell"> &
  Required<Pick<BoxPlan, "bridge">>;

const READY = "ready\n";

/** Starts the room and waits until its door is open. Throws as `startBox`, or CesError `BOX_SETUP_FAILED`. */
export async function startNetRoom(plan: NetRoomPlan): Promise<NetRoom> {
  // The bridge listens before it starts this; end of file ends it, and with it the room.
  const box = await startBox({ ...plan, command: ["/bin/sh", "-c", "echo ready; exec cat"], room: true });
  let said = "";
  const open = new Promise<void>((resolve) => {
    box.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (said === READY) resolve();
    });
  });
  let complaint = "";
  box.stderr.setEncoding("utf8").on("data", (chunk: string) => (complaint += chunk));
  box.go();
  await Promise.race([open, box.exited]);
  if (said !== READY) {
    await box.kill();
    throw new CesError(
      "BOX_SETUP_FAILED",
      `the network of the box could not be set up: ${complaint.trim().slice(0, 500)}`,
      {
        remedy: "ces doctor",
      },
    );
  }
  return { pid: box.init.pid, close: () => box.kill() };
}
