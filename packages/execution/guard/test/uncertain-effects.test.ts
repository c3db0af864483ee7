// What may not have happened is not reckoned with: files that may not be written, texts that may not be printed, traps that run later.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("a text that may not be printed", () => {
  linesAre(
    "deny",
    String.raw`
    x=$(test -f a && echo '#'); eval "$x sudo id"
    x=$(false && echo '#'); eval "$x sudo id"
    x=$(false || echo '#'); eval "$x sudo id"
    x=$(for i in zz*; do echo '#'; done); eval "$x sudo id"
    f() { return; echo '#'; }; x=$(f); eval "$x sudo id"
    f() { test -f a && return; echo '#'; }; x=$(f); eval "$x sudo id"
    x=$(exit; echo '#'); eval "$x sudo id"
    x=$(test -f a || exit; echo '#'); eval "$x sudo id"
    x=$(set -e; false; echo '#'); eval "$x sudo id"
    x=$(echo '#' >&2); eval "$x sudo id"
    x=$(printf '#' 1>&2); eval "$x sudo id"
    x=$({ printf '#'; } >&2); eval "$x sudo id"
    f() { printf '#' >&2; }; x=$(f); eval "$x sudo id"
    x=$(exec >/dev/null; printf '#'); eval "$x sudo id"
    x=$(exec >&2; printf '#'); eval "$x sudo id"
    x=$(printf '#' &); eval "$x sudo id"
    x=$(bash -c 'exit; printf "#"'); eval "$x sudo id"
    x=$(bash -c 'false && printf "#"'); eval "$x sudo id"
    x=$(eval 'false && printf "#"'); eval "$x sudo id"
    (false && printf '#'; echo sudo id) | bash
    { test -f a && printf '# '; echo sudo id; } | bash
    { printf '# ' >&2; echo sudo id; } | bash
    { printf '# '& echo sudo id; } | bash
    { f() { return; printf '# '; }; f; echo sudo id; } | bash
    for i in zz*; do printf '# '; break; done | cat; { for i in $(cat y); do printf '# '; done; echo sudo id; } | bash
    { select i in a; do printf '# '; break; done; echo sudo id; } | bash
    `,
  );
});

describe("a trap sees what is set after it", () => {
  linesAre(
    "deny",
    String.raw`
    x=ls; trap '$x id' EXIT; f() { x=sudo; }; f
    x=ls; trap '$x id' EXIT; read x <<< sudo
    x=ls; trap '$x id' EXIT; for x in sudo; do :; done
    x=ls; trap '$x id' EXIT; if test -f a; then x=sudo; fi
    x=ls; (trap '$x id' EXIT; x=sudo)
    x=ls; y=$(trap '$x id' EXIT; x=sudo)
    bash -c 'x=ls; trap "\$x id" EXIT; x=sudo'
    x=ls; trap '$x id' EXIT; . <(echo x=sudo)
    x=ls; trap '$x id' EXIT; eval x=sudo
    f() { :; }; trap f EXIT; unset -f f; f() { sudo id; }
    trap 'rm -rf *' EXIT; cd /
    trap 'rm -rf *' EXIT; pushd /
    trap 'rm -rf *' EXIT; f() { cd /; }; f
    trap 'rm -rf $d/etc' EXIT; d=
    d=src; trap 'rm -rf $d/etc' EXIT; d=
    d=src; trap 'rm -rf $d/etc' EXIT; unset d
    `,
  );
  linesAre(
    "ask",
    String.raw`
    set -- ls; trap '$1 id' EXIT; set -- sudo
    mytool() { :; }; trap mytool EXIT; unset -f mytool
    `,
  );
});

describe("where programs are searched for", () => {
  linesAre(
    "deny",
    String.raw`
    PATH=$PWD/tmp:$PATH; (PATH=/usr/bin); printf 'sudo id' > tmp/ls; ls
    PATH=$PWD/tmp:$PATH; false && PATH=/usr/bin; printf 'sudo id' > tmp/ls; ls
    PATH=$PWD/tmp:$PATH; env PATH=/usr/bin true; printf 'sudo id' > tmp/ls; ls
    PATH=$PWD/tmp:$PATH; PATH=/usr/bin true; printf 'sudo id' > tmp/ls; ls
    PATH=$PWD/tmp:$PATH; unset PATH; PATH=$y/a:$PATH; printf 'sudo id' > tmp/ls; ls
    `,
  );
});

describe("a word that may be none or several", () => {
  linesAre(
    "ask",
    String.raw`
    env -u * echo sudo id
    env -C * echo sudo id
    xargs -I * echo sudo id
    xargs -n $x echo sudo id
    xargs -P * echo sudo id
    flock * echo sudo id
    strace -o * echo sudo id
    `,
  );
});

describe("a file that may not be written", () => {
  linesAre(
    "deny",
    String.raw`
    echo > s.txt; test -f a && echo '#' > s.txt; eval "$(cat s.txt) sudo id"
    printf '' > s.txt; false && printf '#' > s.txt; eval "$(cat s.txt) sudo id"
    printf '#' > s.txt; rm s.txt; eval "$(cat s.txt) sudo id"
    printf '#' > s.txt; truncate -s0 s.txt; eval "$(cat s.txt) sudo id"
    printf '#' > s.txt; sed -i s/#// s.txt; eval "$(cat s.txt) sudo id"
    printf '#' > s.txt & eval "$(cat s.txt) sudo id"
    while test -f a; do printf '#' > s.txt; done; eval "$(cat s.txt) sudo id"
    for f in zz*; do printf '#' > s.txt; done; eval "$(cat s.txt) sudo id"
    for f in $(cat y); do printf '#' > s.txt; done; eval "$(cat s.txt) sudo id"
    case $y in a) printf '#' > s.txt;; esac; eval "$(cat s.txt) sudo id"
    if test -f a; then printf '#' > s.txt; fi; eval "$(cat s.txt) sudo id"
    false && printf '#' > s.txt; eval "$(cat s.txt) sudo id"
    f() { return; printf '#' > s.txt; }; f; eval "$(cat s.txt) sudo id"
    printf '' > s.txt; printf '#' > t.txt; cp -n t.txt s.txt; eval "$(cat s.txt) sudo id"
    printf '#' > s.txt; mv s.txt t.txt; eval "$(cat s.txt) sudo id"
    if test -f a; then x=s; else x=t; fi; printf '#' > $x.txt; eval "$(cat s.txt) sudo id"
    if test -f a; then cd src; fi; printf '#' > s.txt; cd /home/dev/project; eval "$(cat s.txt) sudo id"
    f() { printf '#' > s.txt; }; test -f a && f; eval "$(cat s.txt) sudo id"
    test -f a && bash -c 'printf "#" > s.txt'; eval "$(cat s.txt) sudo id"
    echo 'printf "#" > s.txt' > m.sh; test -f a && . ./m.sh; eval "$(cat s.txt) sudo id"
    (exit; printf '#' > s.txt); eval "$(cat s.txt) sudo id"
    (test -f a && exit; printf '#' > s.txt); eval "$(cat s.txt) sudo id"
    printf 'sudo id' > s.sh; test -f a && printf 'ls' > s.sh; bash s.sh
    printf 'sudo id' > s.sh; if test -f a; then printf ls > s.sh; fi; . ./s.sh
    test -f a && printf ls > scripts/evil.sh; bash scripts/evil.sh
    for f in zz*; do printf ls > scripts/evil.sh; done; bash scripts/evil.sh
    printf ls > scripts/evil.sh & bash scripts/evil.sh
    f() { return; printf ls > scripts/evil.sh; }; f; bash scripts/evil.sh
    false && cp scripts/build.sh scripts/evil.sh; bash scripts/evil.sh
    false && cp /bin/ls scripts/evil.sh; scripts/evil.sh
    `,
  );
  linesAre(
    "ask",
    String.raw`
    false && ln -sf /bin/ls scripts/evil.sh; scripts/evil.sh
    false && mv scripts/build.sh scripts/evil.sh; bash scripts/evil.sh
    `,
  );
});

describe("other values that are not what they were", () => {
  linesAre(
    "deny",
    String.raw`
    x=; eval "${"${"}x+#}sudo id"; unset x; eval "${"${"}x+#}sudo id"
    unset x; eval "${"${"}x+#}sudo id"
    `,
  );
});
