// How much a request can cost before anyone knows what it did cost (S08).
//
// A byte-level tokeniser never makes more tokens than bytes; prose, code and JSON measure 3 to 4.5 bytes a token. So:
//   reserved = text bytes / 2 + pictures + clamped output      what must fit before it may go
//   worst    = text bytes     + pictures + clamped output      what it can possibly be; charged when no figure ever comes
// The meter admits a request when spent + worst of all in flight + its own reserved fits. Hence, for any parallelism,
//   Σ true usage ≤ budget + (worst − reserved of one request) ≤ budget + one reservation.
// Pages of a PDF are not bounded by its bytes; a document is counted as `DOCUMENT_TOKENS` and settled by the real figure.
import type { ShapedRequest } from "./shape-request.ts";

/** The most that one picture costs in any model (claude 2.1.328: maxImageTokens 4784). */
const IMAGE_TOKENS = 5000;
const DOCUMENT_TOKENS = 20_000;
/** Below this a model can do nothing useful: the request is refused instead of being cut to nothing. */
const LEAST_OUTPUT = 4096;

/** Token bounds of one request, output not included. */
export interface InputBound {
  readonly reserved: number;
  readonly worst: number;
}

/** Counts base64 payloads as pictures and documents, everything else as text. Token counting buys nothing. */
export function boundInput(request: ShapedRequest): InputBound {
  if (request.route === "count_tokens") return { reserved: 0, worst: 0 };
  const media = weighMedia(request);
  const text = Buffer.byteLength(JSON.stringify(request.body)) - media.bytes;
  return { reserved: Math.ceil(text / 2) + media.tokens, worst: text + media.tokens };
}

/** Output tokens to allow: what was wanted, at most `most`, squeezed into `room`; undefined when that is too little to be of use. */
export function boundOutput(request: ShapedRequest, most: number, room: number): number | undefined {
  if (request.route === "count_tokens") return 0;
  const wanted = Math.min(request.wanted_output ?? most, most);
  const output = Math.min(wanted, room);
  return output >= Math.min(wanted, LEAST_OUTPUT) && output > 0 ? output : undefined;
}

type Block = Readonly<Record<string, unknown>>;

/**
 * SECURITY: only where the schema admits a picture or document; an object of that shape inside a tool's input is text.
 * A tiny payload still costs a whole picture.
 */
function weighMedia(request: ShapedRequest): { readonly tokens: number; readonly bytes: number } {
  const blocks =
    request.route === "responses"
      ? blocksIn(request.body["input"]).flatMap((item) => [...blocksIn(item["content"]), ...blocksIn(item["output"])])
      : blocksIn(request.body["messages"])
          .flatMap((message) => blocksIn(message["content"]))
          .flatMap((block) => [block, ...blocksIn(block["content"])]);
  const weighed = blocks.map(weighBlock);
  return {
    tokens: weighed.reduce((sum, one) => sum + one.tokens, 0),
    bytes: weighed.reduce((sum, one) => sum + one.bytes, 0),
  };
}

function weighBlock(block: Block): { readonly tokens: number; readonly bytes: number } {
  if (block["type"] === "input_image") return { tokens: IMAGE_TOKENS, bytes: lengthOf(block["image_url"]) };
  if (block["type"] !== "image" && block["type"] !== "document") return { tokens: 0, bytes: 0 };
  const source = block["source"] as Block; // as: both schemas require it
  if (source["type"] !== "base64") return { tokens: 0, bytes: 0 };
  return { tokens: block["type"] === "image" ? IMAGE_TOKENS : DOCUMENT_TOKENS, bytes: lengthOf(source["data"]) };
}

// as: the schema admits only objects in these arrays
const blocksIn = (value: unknown): readonly Block[] => (Array.isArray(value) ? (value as readonly Block[]) : []);
const lengthOf = (value: unknown): number => (typeof value === "string" ? value.length : 0);
