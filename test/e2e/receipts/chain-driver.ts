// Entry of the bundled driver; see sign-chain.ts.
import { sign } from "./sign-chain.ts";

const [directory = "", name = "", count = "0"] = process.argv.slice(2);
const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
say({ stored: sign(directory, name, Number(count), () => say({ begun: true })) });
