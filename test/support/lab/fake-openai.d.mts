// Types of the lab's scripted model server, as far as the tests use it.
import type { FakeOptions, FakeServer } from "./fake-anthropic.mjs";
export function startFakeOpenAI(options?: FakeOptions): Promise<FakeServer>;
