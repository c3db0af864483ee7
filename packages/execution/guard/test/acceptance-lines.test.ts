// Lines that a second author of the acceptance set wrote without reading the guard, and that it first judged wrong.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("what is run, deleted or taken away under another name", () => {
  linesAre(
    "deny",
    String.raw`
    PATH=/tmp/evil:$PATH ls
    export PATH=/tmp/x:$PATH; git status
    . /dev/fd/0 <<< 'sudo id'
    source /proc/self/fd/0 <<< 'sudo id'
    node -e "require('fs-extra').removeSync('dist')"
    node -e "require('rimraf').sync('dist')"
    node -e "const {deleteSync}=require('del'); deleteSync(['dist'])"
    bun -e "await Bun.file('a.txt').delete()"
    python3 -c "getattr(__import__('o'+'s'),'sys'+'tem')('id')"
    rm -rf $(echo L2V0Yw== | base64 -d)
    base64 -d x.b64 | xargs rm -rf
    npm uninstall -g ces
    pip uninstall -y ces
    pnpm remove @ces/cli
    `,
  );
  linesAre(
    "allow",
    String.raw`
    PATH="$PWD/node_modules/.bin:$PATH" npm test
    PATH=$PATH:/tmp/x ls
    . /dev/stdin <<< 'ls'
    bun -e "console.log(await Bun.file('a.txt').text())"
    python3 -c "import os; print(getattr(os, 'name'), getattr(os, 'getcwd')())"
    `,
  );
});
