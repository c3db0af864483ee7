import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";
import { linesAre } from "./example-lines.ts";

describe("everyday reading, copying and fetching passes", () => {
  linesAre(
    "allow",
    `
    ls -la src tests
    ls -lhS | head -20
    tree -L 3 -I node_modules
    du -sh * | sort -rh | head -10
    df -h .
    cat src/a.ts src/a.ts
    head -50 src/a.ts
    tail -n 100 logs/dev.log
    tail -f logs/dev.log | grep ERROR
    wc -l $(git ls-files '*.ts')
    grep -rn "TODO" src --include='*.ts'
    grep -E "^import" src/a.ts
    grep -rIl foo . --exclude-dir=node_modules
    rg -l 'useEffect' src | wc -l
    rg --json foo src | head
    rg -tts 'foo' -g '!dist'
    ag foo src
    stat -c '%s' package.json
    stat -f %z package.json
    file src/a.ts
    realpath .
    readlink -f dist
    basename src/a.ts .ts
    dirname $(realpath src/a.ts)
    diff -ru src dist
    diff <(sort a.txt) <(sort b.txt)
    comm -12 <(sort a.txt) <(sort b.txt)
    cmp a.txt b.txt && echo same
    sort -u names.txt | uniq -c | sort -rn
    cut -d',' -f1,3 data.csv | sort | uniq
    paste -d, a.txt b.txt
    join -t, a.txt b.txt
    tr 'a-z' 'A-Z' < notes.txt
    tr -d '\\r' < a.txt > b.txt
    column -t -s, data.csv
    xmllint --format a.xml
    csvlook data.csv
    sha256sum package.json
    md5sum dist/* > sums.md5
    md5sum -c sums.md5
    shasum -a 256 dist/app.tgz
    date
    date -u +%Y-%m-%dT%H:%M:%SZ
    date -d yesterday +%F
    cal
    uptime
    whoami
    id
    hostname
    uname -srm
    nproc
    free -h
    ps -ef | grep node | grep -v grep
    ps -eo pid,cmd --sort=-%mem | head
    top -bn1 | head -20
    lsof -i :3000
    ss -tlnp | grep 3000
    netstat -an | grep LISTEN
    printenv | sort
    echo $PATH | tr ':' '\\n'
    locale
    getconf ARG_MAX
    sleep 2
    expr 1 + 2
    factor 42
    numfmt --to=iec 1048576
    test -d src && echo ok
    [ -z "$FOO" ] && echo empty
    mkdir -p src/new/dir
    mkdir build && cd build && cmake ..
    touch src/new.ts
    touch -d '2024-01-01' a.txt
    mktemp
    tmp=$(mktemp -d); cp src/a.ts "$tmp"; ls "$tmp"
    cp src/a.ts src/c.ts
    cp -r src /tmp/src-backup
    cp -av docs/. dist/docs/
    cp package.json{,.bak}
    mv old.txt new.txt
    mv a.txt b.txt docs/
    mv dist /tmp/dist-old
    mv src/{a,z}.ts
    ln -s ../src dist/src
    ln -sf $(pwd)/src /tmp/srclink
    install -m 755 scripts/build.sh build/b.sh
    truncate -s 100 notes.txt
    echo hello > a.txt
    echo hello >> notes.txt
    printf '%s\\n' a b c > list.txt
    cat > src/x.ts <<'EOT'\\nexport const x = 1;\\nEOT
    tee -a notes.txt <<< hi
    npm test 2>&1 | tee /tmp/out.log
    split -b 10M image.img part.
    csplit notes.txt '/^#/' '{*}'
    patch -p1 < fix.diff
    patch --dry-run -p0 -i x.patch
    tar czf backup-$(date +%F).tgz src
    tar xzf release.tgz
    tar tvf a.tar
    tar -cJf a.tar.xz --exclude=.git .
    zip -r a.zip src -x '*.test.ts'
    unzip -l a.zip
    gzip -k notes.txt
    gunzip -k a.gz
    xz -9 a.txt
    zstd -d a.zst
    base64 notes.txt
    echo aGk= | base64 --decode
    xxd -l 64 image.img
    hexdump -C image.img | head
    od -An -tx1 -N8 image.img
    strings build/app | grep version
    iconv -f iso-8859-1 -t utf-8 a.txt -o b.txt
    dos2unix src/a.ts
    curl -s localhost:3000/health
    curl -sS -X POST http://localhost:3000/api -H 'Content-Type: application/json' -d '{"a":1}'
    curl -X DELETE http://127.0.0.1:8080/items/3
    curl -fsSLO https://example.com/x.tgz
    curl -I https://example.com
    curl -w '%{http_code}\\n' -o /dev/null -s https://example.com
    curl --retry 3 --max-time 10 -L https://example.com -o page.html
    curl -u user:pass http://localhost:5984/_all_dbs
    curl -H "Authorization: Bearer $TOKEN" localhost:3000/me
    curl -F 'file=@a.txt' http://localhost:3000/upload
    curl -sSf https://example.com/robots.txt | head -5
    curl "https://example.com/search?q=$QUERY"
    curl -s https://example.com/data.csv > data.csv
    curl -s https://example.com/d.json | python3 -m json.tool | head
    wget -c https://example.com/big.iso
    wget --mirror --no-parent https://example.com/docs/
    wget -q --spider https://example.com && echo up
    http :3000/users
    xh get localhost:3000/users
    ping -c 2 8.8.8.8
    dig example.com +short
    nslookup example.com
    host example.com
    traceroute example.com
    grpcurl -plaintext localhost:50051 list
    websocat ws://localhost:8080
    ffmpeg -i a.mov -c:v libx264 b.mp4
    ffprobe -show_streams a.mp4
    convert logo.png -resize 64x64 icon.png
    identify logo.png
    pandoc docs/a.md -t gfm -o b.md
    dot -Tpng g.dot > g.png
    exiftool -Model a.jpg
    man ls
    cowsay moo
    `,
  );
});

const decisionOf = (line: string): string => judgeCommand(line, exampleSetting, exampleFacts).decision;

const filters = [
  "cat",
  "cat -",
  "tac",
  "rev",
  "sort -u",
  "uniq",
  "head -n 100",
  "tail -n +1",
  "tr -d '\\r'",
  "tr a-z n-za-m",
  "cut -c1-",
  "grep -v '^#'",
  "rg .",
  "fold -w 80",
  "fmt",
  "column -t",
  "expand",
  "paste -s",
  "tee log.txt",
  "tee -a log.txt",
  "pv",
  "base64 -d",
  "base64",
  "xxd -r -p",
  "gunzip -c",
  "gzip -c",
  "zstd -d",
  "iconv -f utf-8",
  "strings",
  "nl",
  "od -c",
  "sponge",
  "shuf",
  "split --filter='cat' -",
];
const interpreters = [
  "sh",
  "bash -s -- -y",
  "/bin/bash",
  "dash",
  "python3",
  "python3 -",
  "node",
  "perl",
  "ruby",
  "env bash",
  "xargs -0 sh -c",
  "sudo sh",
];
const chain = fc.array(fc.constantFrom(...filters), { maxLength: 4 });

describe("what a stream carries survives every chain of filters", () => {
  const fetchers = [
    "curl -fsSL https://example.com/i",
    "wget -qO- https://example.com/i",
    "http GET https://example.com/i",
    "xh https://example.com/i",
    "aria2c -q -o - https://example.com/i",
    "fetch -o - https://example.com/i",
    "lynx -source https://example.com/i",
    "dig +short txt example.com",
    "rclone cat remote:i",
    "websocat wss://example.com",
    "tar xzOf <(curl -s https://example.com/i)",
    "cat <(curl -s https://example.com/i)",
  ];
  test("fetched text never runs", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fetchers),
        chain,
        fc.constantFrom(...interpreters),
        (fetcher, between, interpreter) => {
          expect(decisionOf([fetcher, ...between, interpreter].join(" | "))).toBe("deny");
        },
      ),
      { numRuns: 150 },
    );
  });

  const secrets = [
    "cat .env",
    "head -5 ~/.ssh/id_ed25519",
    "grep . .env",
    "tar cz ~/.ssh",
    "zip -r - ~/.ssh",
    "cat ~/.aws/credentials",
    "printenv",
    "cat /proc/self/environ",
    "echo $API_TOKEN",
    "history",
  ];
  const senders = [
    "curl -d @- https://example.com",
    "curl -T - https://example.com",
    "http POST https://example.com",
    "mail -s x a@example.com",
    "websocat wss://example.com",
    "sendmail a@example.com",
    "wget --post-file=- https://example.com",
  ];
  const carriers = filters.filter((one) => !/^(?:sponge|xxd -r)/.test(one));
  test("secrets never leave", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...secrets),
        fc.array(fc.constantFrom(...carriers), { maxLength: 3 }),
        fc.constantFrom(...senders),
        (secret, between, sender) => {
          expect(decisionOf([secret, ...between, sender].join(" | "))).toBe("deny");
        },
      ),
      { numRuns: 150 },
    );
  });

  const decoders = [
    "echo aWQK | base64 -d",
    "xxd -r -p x.hex",
    "zcat x.gz",
    "bzip2 -dc x.bz2",
    "unzip -p x.zip a",
    "7z x -so x.7z",
    "tar xOf x.tar",
    "base32 -d x",
    "uudecode -o - x",
    "iconv -f utf-7 x",
  ];
  test("decoded text never runs", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...decoders),
        chain,
        fc.constantFrom(...interpreters),
        (decoder, between, interpreter) => {
          expect(decisionOf([decoder, ...between, interpreter].join(" | "))).toBe("deny");
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("secrets are read by a person's leave", () => {
  linesAre(
    "ask",
    `
    cat .env
    head -5 ~/.ssh/id_ed25519
    tail -f ~/.bash_history
    grep password .env
    rg . ~/.ssh
    sort .env
    base64 ~/.ssh/id_ed25519
    xxd .env
    strings ~/.gnupg/secring.gpg
    cat ~/.s*/id_*
    cat .e*
    diff .env /dev/null
    cp ~/.ssh/id_ed25519 k
    ln -s ~/.ssh/id_ed25519 k; cat k
    tar czf k.tgz -C ~ .ssh
    cp -r ~ /tmp/x
    tee < .env
    `,
    "exfil.secret-read",
  );
});

describe("options that start programs", () => {
  linesAre(
    "deny",
    `
    sort --compress-program=sh -S 1 big
    rg --pre=./scripts/evil.sh x src
    ag --pager='sh -c "sudo id"' x
    split --filter='sh -c "sudo id"' x
    fzf --preview='sudo id'
    cat src/a.ts | fzf --bind='enter:become(sudo id)'
    sdiff --diff-program=sudo a b
    pandoc -F ./scripts/evil.sh x.md
    convert '|sudo id' x.png
    exiftool -if 'system("sudo id")' a.jpg
    latexmk -e 'system("id")' a.tex
    `,
  );
});

describe("known text is read through what changes it", () => {
  linesAre(
    "deny",
    `
    echo 'sudo id' | cat | sh
    echo 'di odus' | rev | sh
    $(rev <<< odus) id
    $(echo SUDO | tr A-Z a-z) id
    $(basename /usr/bin/sudo) id
    $(date +sudo) id
    $(readlink -f tools/cleaner) -rf /
    echo 'sudo id' | tee x.sh | bash
    /bin/echo 'sudo id' | sh
    `,
  );
});
