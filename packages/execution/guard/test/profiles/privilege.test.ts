import { describe } from "vitest";
import { linesAre } from "./example-lines.ts";

describe("modes and owners of the project's files", () => {
  linesAre(
    "allow",
    `
    chmod +x scripts/build.sh
    chmod 755 scripts/build.sh
    chmod 0644 package.json
    chmod -x src/a.ts
    chmod -w package.json
    chmod a+rX src
    chmod -R u+rwX,go-w .
    chmod -R 755 dist
    chmod --recursive 755 dist
    chmod u=rw,go=r package.json
    chmod 1777 dist
    chmod u-s dist/x
    chmod 777 dist/x
    chmod --reference=package.json src/a.ts
    chmod 600 .env
    chmod 640 .env
    chmod 600 ~/.ssh/id_ed25519
    chmod 700 ~/.ssh
    chmod go-rwx ~/.ssh/id_ed25519
    find . -name '*.sh' -exec chmod +x {} \\;
    for f in scripts/*.sh; do chmod +x "$f"; done
    chmod +x /tmp/x
    chown -R dev:dev node_modules
    chown $USER src/a.ts
    chgrp -R staff dist
    setfacl -m u:www:rx dist
    getfacl dist
    getcap /usr/bin/ping
    chattr +C dist
    `,
  );
  linesAre(
    "deny",
    `
    chmod u+s dist/x
    chmod +s dist/x
    chmod ug+s dist/x
    chmod g+s dist
    chmod u=rwxs dist/x
    chmod u+x,g+s dist/x
    chmod a-x+s dist/x
    chmod 4755 dist/x
    chmod 04755 dist/x
    chmod 2755 dist/x
    chmod 6755 dist/x
    chmod 7777 dist/x
    chmod "$M" dist/x
    chmod 4"$M" dist/x
    chmod -- u+s dist/x
    chmod -v u+s dist/x
    chmod --reference=/usr/bin/sudo dist/x
    chmod 777 /etc/passwd
    chmod -R 777 /
    chmod -R 777 /etc
    chmod 777 /etc/shadow
    chmod -R a+rwx ~
    chmod -R 777 ~/other
    chmod -R 777 ../other
    chmod -R 755 "$DIR"
    chmod 644 ~/.ssh/id_ed25519
    chmod 777 ~/.ssh
    chmod -R 777 ~/.ssh
    chmod 000 /bin/ls
    chmod 666 /dev/sda
    chmod +x .git/hooks/pre-commit
    chmod -x .claude/hooks/guard.sh
    chmod 600 ~/.config/ces/policy.json
    chown root /etc/passwd
    chown -R dev /usr
    chown -R dev:dev ~
    chown -hR nobody /var
    chown --recursive dev ../other
    chgrp -R docker /var/run
    setfacl -R -m u:dev:rwx /etc
    chattr -i /etc/passwd
    chattr -R +i ~
    setfattr -n security.capability -v 0x01 dist/x
    xargs chmod 4755 < list.txt
    find / -exec chmod 777 {} +
    busybox chmod 4755 dist/x
    `,
  );
});

describe("accounts and capabilities", () => {
  linesAre(
    "deny",
    `
    passwd
    passwd -d root
    passwd -S -d root
    usermod -aG sudo dev
    usermod -aG wheel "$USER"
    useradd -m x
    adduser x sudo
    addgroup x
    gpasswd -a dev docker
    groupmod -g 0 x
    userdel -r dev
    echo 'x:y' | chpasswd
    chpasswd < list.txt
    chage -E -1 dev
    vipw
    visudo
    visudo -f /etc/sudoers.d/x
    chsh -s /tmp/x
    chfn dev
    newusers list.txt
    dscl . -create /Users/x
    dscl . -passwd /Users/x y
    dseditgroup -o edit -a dev -t user admin
    sysadminctl -addUser x -admin
    setcap cap_setuid=ep dist/x
    setcap 'cap_dac_override+eip' node_modules/.bin/tsc
    capsh --gid=0 --uid=0 --
    htpasswd -b /etc/nginx/htpasswd a b
    faillock --reset
    pam-auth-update --enable x
    `,
  );
  linesAre(
    "allow",
    `
    passwd -S
    chage -l dev
    visudo -c
    visudo -cf dist/sudoers
    getent passwd dev
    id
    groups
    dscl . -read /Users/dev
    useradd --help
    htpasswd -nb a b
    man useradd
    which useradd
    grep -rn usermod docs
    echo usermod -aG sudo dev
  `,
  );
});
