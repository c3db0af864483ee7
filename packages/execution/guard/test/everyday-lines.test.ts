// Lines of everyday work with variables, functions, loops and sourced files, which stay allowed.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("everyday lines", () => {
  linesAre(
    "allow",
    String.raw`
    for f in src/*.ts; do echo "$f"; done
    for i in 1 2 3; do curl -s http://localhost:3000/health && break; sleep 1; done
    until curl -sf http://localhost:3000; do sleep 1; done
    i=0; while [ $i -lt 5 ]; do echo "try $i"; i=$((i+1)); done
    files=(a.ts b.ts); for f in "${"${"}files[@]}"; do cat "src/$f"; done
    args=(); [ -n "$CI" ] && args+=(--ci); npm test -- "${"${"}args[@]}"
    PKG=$(node -p "require('./package.json').name"); echo "$PKG"
    BRANCH=$(git branch --show-current); git log --oneline "main..$BRANCH"
    DIR=src; cd "$DIR" && ls; cd ..
    pushd src >/dev/null && ls && popd >/dev/null && npm test
    f() { local dir="$1"; ls "$dir"; }; f src; f test
    die() { echo "$*" >&2; exit 1; }; [ -f package.json ] || die "no package"; npm test
    check() { grep -q "$1" README.md || return 1; echo found; }; check foo
    export NODE_ENV=test CI=1 && npm test
    FOO=bar; echo "$FOO"; bash -c "echo $FOO"
    FOO=bar bash -c 'echo "$FOO"'
    bash -c 'for f in src/*; do echo $f; done'
    npm start & sleep 2; curl -s http://localhost:3000; kill %1
    trap 'echo bye' EXIT; npm test
    cleanup() { echo cleanup; }; trap cleanup EXIT; npm test
    set -euo pipefail; npm test
    set -a; FOO=1; set +a; npm test
    set -- a b c; while [ $# -gt 0 ]; do echo "$1"; shift; done
    IFS=, read -ra parts <<< "a,b,c"; echo "${"${"}parts[@]}"
    IFS=$'\n'; for l in $(git ls-files); do echo "$l"; done
    while IFS=, read -r a b; do echo "$a $b"; done < data.csv
    git ls-files | while read f; do wc -l "$f"; done
    find src -name '*.ts' -print0 | while IFS= read -r -d '' f; do grep -n TODO "$f"; done
    mapfile -t files < <(git ls-files); echo "${"${"}#files[@]}"; echo "${"${"}files[0]}"
    git ls-files '*.ts' | xargs -n1 sh -c 'wc -l "$0"'
    x=$(cat README.md | head -1); echo "${"${"}x#\# }"
    x=${"${"}FOO:-default}; echo "$x"
    PORT=${"${"}PORT:-3000}; curl -s "http://localhost:$PORT/health"
    case $1 in a) echo a;; *) echo b;; esac
    if command -v pnpm >/dev/null; then PM=pnpm; else PM=npm; fi; $PM test
    PM=npm; [ -f yarn.lock ] && PM=yarn; "$PM" test
    CMD="npm run build"; eval "$CMD"
    CMD=(npm run); CMD+=(build); "${"${"}CMD[@]}"
    source .venv/bin/activate; python -m pytest
    source scripts/build.sh
    source ./scripts/env.sh && npm run build
    export FOO=1; ./scripts/build.sh
    X=$(cat <<'EOF'\nhello\nEOF\n); echo "$X"
    git commit -m "$(cat <<'EOF'\nmessage\nEOF\n)"
    arr=(1 2 3); for i in "${"${"}!arr[@]}"; do echo "$i ${"${"}arr[$i]}"; done
    declare -A map=([a]=1 [b]=2); for k in "${"${"}!map[@]}"; do echo "$k=${"${"}map[$k]}"; done
    declare -i n=5; n+=1; echo $n
    typeset -x FOO=1; npm test
    let n=5+1; echo $n
    n=5; ((n++)); echo $n
    total=0; while read -r n; do total=$((total+n)); done < numbers.txt; echo $total
    for d in src test; do cd "$d"; ls; cd ..; done
    for d in packages/*; do [ -d "$d" ] || continue; echo "$d"; done
    for f in *.md; do mv "$f" "docs/$f"; done
    for b in $(git branch --format='%(refname:short)'); do git log -1 --oneline "$b"; done
    for n in $(seq 1 3); do echo $n; done
    ts=$(date +%s); npm test > "logs/test-$ts.log" 2>&1
    out=$(npm test 2>&1); rc=$?; echo "$out" | tail -5; exit $rc
    if ! out=$(npm test 2>&1); then echo "$out"; fi
    getopts ab o; echo $o
    unset -f foo; npm test
    wait; wait $!
    f() { return 1; }; f || echo failed
    f() { [ -f "$1" ] && return 0; return 1; }; f package.json && npm test
    f() { while [ $# -gt 0 ]; do case $1 in -v) v=1;; *) break;; esac; shift; done; echo "$@"; }; f -v a
    f() { local IFS=,; echo "$*"; }; f a b
    f() { (cd "$1" && npm test); }; f src; f test
    a=1 b=2; echo $((a+b))
    p=src/a.ts; cat "${"${"}p}"; dirname "$p"; basename "${"${"}p%.*}"
    ls $HOME; ls ~; cd ~/project && ls
    cd "$(git rev-parse --show-toplevel)" && npm test
    echo "$OLDPWD $PWD"
    ROOT=$PWD; cd src && ls "$ROOT/test"
    PATH="$PWD/node_modules/.bin:$PATH" tsc --noEmit
    docker compose exec web sh -c 'echo $HOME'
    lines=$(wc -l < README.md); [ "$lines" -gt 5 ] && echo long
    x=5; [[ $x -gt 3 ]] && y=big || y=small; echo $y
    kill -0 $PID 2>/dev/null && echo alive
    arr=(a b c); for x in "${"${"}arr[@]}"; do echo "$x"; done
    arr=(src/*.ts); for f in "${"${"}arr[@]}"; do cat "$f"; done
    files=(src/*.ts); echo "${"${"}files[0]}" "${"${"}#files[@]}"
    f() { local x=1; echo "$x"; }; f; echo done
    f() { local out; out=$(git status); echo "$out"; }; f
    read -r line < README.md; echo "$line"
    while read -r line; do echo "$line"; done < README.md
    while IFS= read -r f; do cat "$f"; done < <(git ls-files)
    source .venv/bin/activate && pip list
    . ./env.sh && npm test
    export FOO=bar && npm test
    export FOO=bar; bash -c 'echo $FOO'
    X=1; bash -c 'echo hi'
    i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
    for ((i=0;i<3;i++)); do echo $i; done
    mapfile -t files < <(git ls-files '*.ts'); echo "${"${"}#files[@]}"
    readarray -t lines < README.md; for l in "${"${"}lines[@]}"; do echo "$l"; done
    if [ -f package.json ]; then CMD=test; else CMD=build; fi; npm run $CMD
    flags=(); flags+=(--verbose); npm test -- "${"${"}flags[@]}"
    args=(--foo bar); [[ $CI ]] && args+=(--ci); npm test -- "${"${"}args[@]}"
    declare -A m; m[a]=1; m[b]=2; for k in "${"${"}!m[@]}"; do echo "$k ${"${"}m[$k]}"; done
    n=0; for f in src/*; do ((n++)); done; echo $n
    x=1; y=$((x+1)); echo $y
    IFS=, read -r a b <<< "x,y"; echo "$a $b"
    die() { echo "$1" >&2; return 1; }; [ -f package.json ] || die no; npm test
    for d in src test; do (cd "$d" && ls); done
    readonly ROOT=$PWD; ls "$ROOT/src"
    declare -r N=5; echo $N
    mkdir -p d && printf 'echo hi\n' > d/a.sh && bash d/a.sh
    cat > a.sh <<'E'\necho hi\nE\nchmod +x a.sh && ./a.sh
    mkdir -p d && cat > d/a.sh <<'E'\necho hi\nE\nbash d/a.sh
    [ -f a.sh ] || printf 'echo hi\n' > a.sh; bash a.sh
    set -e; printf 'echo hi\n' > a.sh; bash a.sh
    for n in a b; do printf 'echo hi\n' > $n.sh; bash $n.sh; done
    x=$(cd src && pwd); ls "$x"
    x=$(git rev-parse --show-toplevel 2>/dev/null || pwd); ls "$x"
    x=$(command -v node || echo none); echo "$x"
    CMD=$([ -f pnpm-lock.yaml ] && echo pnpm || echo npm); echo $CMD
    DIR="$(cd "$(dirname "$0")" && pwd)"; cd "$DIR" && npm test
    timeout 5 echo hi
    nice -n 5 echo hi
    xargs -n1 echo
    wc -l *
    timeout "$T" npm test
    timeout ${"${"}T:-60} npm test
    xargs -P "$(nproc)" -n1 echo
    xargs -P $(nproc) -n1 echo
    timeout $((60*2)) npm test
    find * -exec grep sudo {} +
    timeout $T grep sudo README.md
    find $D -exec grep -l sudo {} \;
    x=src/a.ts; echo "${"${"}x##*/}" "${"${"}x%.*}" "${"${"}x%"${"${"}x##*/}"}"
    x=src/a.ts; ext=.ts; echo "${"${"}x%"$ext"}" ; cat "${"${"}x%$ext}.md"
    x="a  b"; echo "${"${"}x#"${"${"}x%%[![:space:]]*}"}"
    f() { [ $1 -gt 0 ] || return; echo $1; f $(( $1 - 1 )); }; f 3
    walk() { for f in "$1"/*; do if [ -d "$f" ]; then walk "$f"; else echo "$f"; fi; done; }; walk src
    `,
  );
});
