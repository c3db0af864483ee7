// The time since the start, ticking once a second.
import { useEffect, useState, type ReactNode } from "react";
import { dim, line } from "../view/line.ts";
import { ShownLine } from "./shown-line.tsx";

/** Milliseconds since the start. */
export type Stopwatch = () => number;

/** `1:05`, counted by the given watch. */
export function Elapsed({ watch }: { readonly watch: Stopwatch }): ReactNode {
  const [now, setNow] = useState(watch);
  useEffect(() => {
    const timer = setInterval(() => setNow(watch()), 1_000);
    return () => clearInterval(timer);
  }, [watch]);
  const seconds = Math.floor(now / 1_000);
  return <ShownLine line={line(dim`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`)} />;
}
