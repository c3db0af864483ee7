// Types of the lab's scripted model server, as far as the tests use it.
export interface FakeServer {
  readonly url: string;
  readonly socket: string | undefined;
  /** One entry per request; `body` is present with `logBodies`. */
  readonly requests: readonly {
    readonly path: string;
    readonly kind: string;
    readonly digest?: Digest;
    readonly body?: unknown;
  }[];
  readonly problems: readonly string[];
  stepsLeft(): number;
  close(): Promise<void>;
}
export interface Digest {
  readonly model: string;
  readonly system: string;
  readonly tools: readonly string[];
  readonly user_text: string;
}
export interface FakeOptions {
  readonly steps?: readonly unknown[];
  readonly vars?: Readonly<Record<string, string>>;
  readonly exhausted?: "error" | "stop";
  readonly socket?: string;
  readonly port?: number;
  readonly logBodies?: boolean;
  readonly logFile?: string;
}
export function startFakeAnthropic(options?: FakeOptions): Promise<FakeServer>;
