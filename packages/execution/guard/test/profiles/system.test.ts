import { describe } from "vitest";
import { linesAre } from "./example-lines.ts";

describe("ending processes", () => {
  linesAre(
    "allow",
    `
    kill 48213
    kill -9 48213
    kill -TERM 48213 48214
    kill -s INT 48213
    kill -0 48213
    kill %1
    kill $!
    npm run dev & kill $!
    PID=$!; kill "$PID"
    kill $(cat dist/server.pid)
    kill $(lsof -t -i:3000)
    lsof -ti:3000 | xargs kill -9
    kill -9 $(pgrep -f vite)
    kill -l
    pkill -f vite
    pkill -f 'next dev'
    pkill -f "node server.js"
    pkill -x postgres
    pkill -P $$
    killall webpack
    fuser -k 3000/tcp
    fuser 3000/tcp
    trap 'kill $(jobs -p)' EXIT
    `,
  );
  linesAre(
    "deny",
    `
    kill -9 -1
    kill -1 -1
    kill -- -1
    kill -KILL -1
    kill -s KILL -1
    kill -9 1
    kill 1
    /bin/kill -9 -1
    busybox kill -9 -1
    P=-1; kill -9 $P
    pkill -9 -u dev
    pkill -u "$USER"
    pkill -KILL -U 1000
    pkill -9 .
    pkill -f ''
    pkill '.*'
    pkill -v vite
    pkill "$NAME"
    pkill -t pts/0
    pkill -9 bash
    pkill -f claude
    pkill sshd
    pkill ces
    killall -u dev
    killall -9 -u dev
    killall -r '.*'
    killall5
    killall5 -9
    skill -KILL -u dev
    fuser -k /
    fuser -km /home
    `,
  );
  linesAre(
    "ask",
    `
    kill -9 $(ps aux | awk '{print $2}')
    ps -eo pid= | xargs kill
    kill -- -12345
    killall node
    pkill -9 python
    pkill java
    killall --frob x
    `,
  );
});

describe("power and services", () => {
  linesAre(
    "deny",
    `
    shutdown now
    shutdown -r +5
    reboot
    reboot -f
    halt
    poweroff
    init 0
    init 6
    telinit 1
    systemctl reboot
    systemctl --force --force poweroff
    systemctl suspend
    systemctl isolate rescue.target
    systemctl set-environment PATH=/tmp
    systemctl --user import-environment LD_PRELOAD
    launchctl setenv PATH /tmp
    launchctl reboot
    pmset sleepnow
    rtcwake -m mem -s 60
    pm2 start scripts/evil.sh
    loginctl terminate-user dev
    `,
  );
  linesAre(
    "ask",
    `
    systemctl stop postgresql
    systemctl start nginx
    systemctl restart docker
    systemctl reload nginx
    systemctl enable x
    systemctl --user enable --now x.service
    systemctl disable x
    systemctl mask x
    systemctl daemon-reload
    systemctl kill x
    systemctl edit x
    systemctl link ./x.service
    systemctl -H host status x
    systemctl "$VERB" x
    systemctl --user $ARGS
    service nginx stop
    service nginx restart
    service "$S" start
    /etc/init.d/nginx stop
    rc-service nginx stop
    rc-update add x
    update-rc.d x defaults
    launchctl load ~/Library/LaunchAgents/x.plist
    launchctl bootstrap gui/501 x.plist
    launchctl kickstart -k x
    launchctl unload x
    supervisorctl restart all
    pm2 delete all
    pm2 stop app
    pm2 kill
    pm2 startup
    pm2 restart all
    loginctl enable-linger
    `,
  );
  linesAre(
    "allow",
    `
    systemctl status
    systemctl status nginx --no-pager
    systemctl --user status x
    systemctl list-units --type=service --state=running
    systemctl --user list-timers
    systemctl is-active nginx
    systemctl is-enabled nginx
    systemctl show -p MainPID nginx
    systemctl cat nginx
    systemctl --failed
    systemctl --version
    systemctl get-default
    service nginx status
    service --status-all
    rc-service --list
    rc-status
    launchctl list
    launchctl print gui/501
    supervisorctl status
    pm2 list
    pm2 logs app --lines 50
    pm2 start dist/index.js --name app
    pm2 restart app
    initctl list
    shutdown --help
    man shutdown
    grep -rn poweroff docs
    loginctl show-user dev
    journalctl -u nginx --since today
    journalctl -f -n 20
    logger -t app 'rebooted'
    `,
  );
});

describe("kernel, firewall, network", () => {
  linesAre(
    "deny",
    `
    insmod x.ko
    rmmod x
    modprobe x
    modprobe -r x
    kexec -e
    sysctl -w net.ipv4.ip_forward=1
    sysctl net.ipv4.ip_forward=1
    sysctl -p
    sysctl --system
    sysctl $KEY
    dmesg -C
    dmesg --clear
    iptables -F
    iptables -P INPUT ACCEPT
    iptables -t nat -A PREROUTING -j X
    iptables -L -Z
    ip6tables --flush
    iptables-restore < rules
    nft flush ruleset
    nft -f rules.nft
    ufw disable
    ufw --force reset
    ufw allow 22
    firewall-cmd --add-port=80/tcp
    firewall-cmd --reload
    pfctl -d
    pfctl -F all
    setenforce 0
    csrutil disable
    spctl --master-disable
    nvram boot-args=-v
    kextload x.kext
    ip netns exec x id
    aa-disable x
    auditctl -D
    `,
  );
  linesAre(
    "ask",
    `
    ip link set eth0 down
    ip l s eth0 down
    ip addr add 1.2.3.4/24 dev eth0
    ip addr flush dev eth0
    ip route add default via 1.2.3.4
    ip route del default
    ip -batch cmds
    ip $ARGS
    ifconfig eth0 down
    ifconfig eth0 1.2.3.4
    route add default gw 1.2.3.4
    route del default
    nmcli con down x
    nmcli device disconnect eth0
    nmcli radio wifi off
    nmcli n off
    ethtool -s eth0 speed 10
    hostnamectl set-hostname x
    timedatectl set-timezone UTC
    timedatectl set-ntp false
    hwclock -w
    networksetup -setairportpower en0 off
    wg-quick up wg0
    wg showconf wg0
    journalctl --vacuum-size=1M
    journalctl --rotate
    wall hi
    tccutil reset All
    `,
  );
  linesAre(
    "allow",
    `
    lsmod
    modinfo x
    modprobe -n x
    modprobe --show-depends x
    sysctl -a
    sysctl kernel.hostname
    sysctl -n hw.ncpu
    dmesg | tail -5
    dmesg -T
    iptables -L
    iptables -nvL
    iptables -t nat -L -n --line-numbers
    iptables -S
    iptables-save
    nft list ruleset
    ufw status numbered
    firewall-cmd --state
    firewall-cmd --zone=public --list-all
    pfctl -s rules
    getenforce
    csrutil status
    spctl --status
    ip a
    ip a s eth0
    ip -4 addr show
    ip r
    ip route get 8.8.8.8
    ip link
    ip -s link show eth0
    ip neigh
    ip netns list
    ifconfig
    ifconfig -a
    ifconfig en0
    route -n
    route -n get default
    arp -a
    nmcli
    nmcli device status
    nmcli -t -f active,ssid dev wifi
    ethtool eth0
    hostnamectl
    timedatectl
    networksetup -listallnetworkservices
    wg show
    `,
  );
});

describe("packages of the system", () => {
  linesAre(
    "ask",
    `
    apt install jq
    apt-get install -y jq
    apt-get -y -q install jq
    apt update
    apt upgrade -y
    apt remove nodejs
    apt-get purge nodejs
    apt autoremove
    apt $ARGS
    apt "$VERB" jq
    apt source x
    apt-mark hold nodejs
    apt-key add key
    add-apt-repository ppa:x/y
    dpkg -i x.deb
    dpkg -r x
    dpkg --purge x
    dpkg-reconfigure tzdata
    yum install x
    dnf -y install x
    dnf remove x
    dnf history undo 3
    rpm -i x.rpm
    rpm -Uvh x.rpm
    rpm -e x
    zypper in x
    pacman -S jq
    pacman -Syu --noconfirm
    pacman -R jq
    pacman -U x.pkg.tar.zst
    yay -S x
    yay
    apk add jq
    apk del jq
    snap install x
    snap remove x
    flatpak install x
    flatpak run x
    pkg install x
    emerge x
    xbps-install x
    nix-env -iA nixpkgs.jq
    ldconfig /tmp/evil
    update-ca-certificates
    softwareupdate -i -a
    installer -pkg x.pkg -target /
    winget install x
    choco install x
    `,
  );
  linesAre(
    "deny",
    `
    apt-get update -o APT::Update::Pre-Invoke::='sh -c id'
    apt install -o DPkg::Pre-Invoke::=id jq
    apt -c ./evil.conf list
    apt-get --option=Dir::Bin::dpkg=./evil install jq
    dpkg --pre-invoke='sh -c id' -i x.deb
    rpm --eval '%(id)'
    rpm -E '%{lua: x}%(id)'
    rpm -qa --pipe 'sh -c id'
    rpm --define "x %(id)" -q x
    dpkg -x x.deb /etc
    `,
  );
  linesAre(
    "allow",
    `
    apt list --installed
    apt list --installed 2>/dev/null | grep node
    apt search jq
    apt show jq
    apt policy jq
    apt-cache madison nodejs
    apt-get -s install jq
    apt-get install --dry-run jq
    apt-mark showmanual
    apt-file search x
    apt --version
    dpkg -l | grep ssl
    dpkg -L bash
    dpkg -S /bin/ls
    dpkg --get-selections
    dpkg --print-architecture
    dpkg -c x.deb
    dpkg -x x.deb dist/x
    dpkg-query -W -f '\${Version}' bash
    yum list installed
    dnf info jq
    dnf repolist
    dnf history
    rpm -qa
    rpm -ql bash
    rpm -qi --last
    rpm -q --whatprovides /bin/ls
    rpm --eval '%_arch'
    zypper se jq
    pacman -Q
    pacman -Qs jq
    pacman -Ss jq
    pacman -Si jq
    pacman -Ql jq
    apk info
    apk search jq
    apk add --simulate jq
    snap list
    snap find x
    flatpak list
    pkg info
    emerge -s jq
    nix-env -q
    winget search x
    softwareupdate -l
    pkgutil --pkgs
    ldconfig -p
    `,
  );
});
