// Entry of the bundled driver; see sign-chain.ts.
import { sign } from "./sign-chain.ts";

const [directory = "", name = "", count = "0"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify({ stored: sign(directory, name, Number(count)) })}\n`);
