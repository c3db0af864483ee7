// The live view as a screen. It comes with the first event, gets out of the way for a challenge, and leaves its last frame.
import { render, type Instance } from "ink";
import type { Ask } from "@ces/ports";
import type { Screen } from "../screen.ts";
import { LiveView } from "./live-view.tsx";
import { liveState, type LiveState } from "./live-state.ts";

/** Where frames go. `after` shows what is no frame: the ending. `stop` is what Ctrl-C does. */
export type InkPlace = {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly colour: boolean;
  readonly stop: () => void;
  readonly signal: AbortSignal;
  readonly after: Screen;
};

/** A screen of frames. */
export function inkScreen(place: InkPlace): Screen {
  const state = liveState();
  const frames = frameRunner(place, state);
  const person: Ask = async (question) => {
    frames.start();
    return { id: question.id, value: await state.ask(question, place.signal), by: "person" };
  };
  const held: string[] = [];
  return {
    report: (event) => {
      frames.start();
      state.report(event);
    },
    person,
    // A log line would tear the frame: it waits for the end.
    logLine: (text) => (frames.running() ? void held.push(text) : place.after.logLine(text)),
    suspend: async (work) => {
      const was = await frames.stop();
      try {
        return await work();
      } finally {
        if (was) frames.start();
      }
    },
    show: async (ending) => {
      await frames.stop();
      for (const text of held.splice(0)) place.after.logLine(text);
      await place.after.show(ending);
    },
  };
}

type Frames = { readonly start: () => void; readonly stop: () => Promise<boolean>; readonly running: () => boolean };

function frameRunner({ stdout, stdin, colour, stop }: InkPlace, state: LiveState): Frames {
  const begun = performance.now();
  const watch = (): number => performance.now() - begun;
  let instance: Instance | null = null;
  return {
    start: () => {
      instance ??= render(<LiveView state={state} watch={watch} colour={colour} stop={stop} />, {
        stdout,
        stdin,
        exitOnCtrlC: false,
        patchConsole: false,
      });
    },
    stop: async () => {
      if (!instance) return false;
      const running = instance;
      instance = null;
      // What came last is committed by React's scheduler in a later turn; without it the final frame would miss the ending.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      running.unmount();
      await running.waitUntilExit();
      return true;
    },
    running: () => instance !== null,
  };
}
