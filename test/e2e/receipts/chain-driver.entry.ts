// Entry of the bundled driver; see chain-driver.ts.
import { sign } from "./chain-driver.ts";

const [directory = "", name = "", count = "0"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify({ stored: sign(directory, name, Number(count)) })}\n`);
