#!/bin/sh
# Makes of this Debian machine a hall's screen, from the stick. Run it as root; the guide is docs/halls.md.
#   sh install.sh lujia-hall.zip          the picture as it stands
#   sh install.sh lujia-hall.zip left     the picture turned: left, right, inverted or normal
# It may be run again: it puts newer scripts in, and the release of the zip. What `systemctl edit` wrote stays.
set -eu

zip=${1:-}
rotate=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
page=/srv/haitang
units=/etc/systemd/system

stop() {
    echo "NOT INSTALLED: $1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || stop "run it as root: sudo sh install.sh ..., or su - first"
[ -f "$zip" ] || stop "name the zip of the hall: sh install.sh lujia-hall.zip; there is no file '$zip'"
case $rotate in
    '' | normal | left | right | inverted) ;;
    *) stop "'$rotate' is no way to turn the picture: left, right, inverted or normal" ;;
esac

packages="xserver-xorg xserver-xorg-legacy xinit x11-utils x11-xserver-utils xinput curl unzip fonts-noto-cjk"
command -v google-chrome-stable >/dev/null || packages="$packages chromium chromium-sandbox"
export DEBIAN_FRONTEND=noninteractive
apt-get update || stop "apt-get found no packages: is the network there?"
# What they recommend beside tells of printers and of the network, in windows of its own: not here.
# shellcheck disable=SC2086  # one word each
apt-get install --yes --no-install-recommends $packages || stop "see what apt-get says above"

unzip -tqq "$zip" || stop "the zip is not whole: copy it to the stick again"
unzip -l "$zip" index.html >/dev/null || stop "the zip is none of a hall: there is no index.html in it"
mkdir -p $page
unzip -oqq "$zip" -x current.js -d $page
unzip -oqq "$zip" current.js -d $page # the pointer last: see the guide
chmod -R u=rwX,go=rX $page

id kiosk >/dev/null 2>&1 || useradd --create-home --shell /usr/sbin/nologin kiosk
mkdir -p /usr/local/lib/haitang $units/haitang-kiosk.service.d
install -m 755 "$here/kiosk.sh" "$here/screen.sh" /usr/local/lib/haitang/
install -m 644 "$here"/haitang-kiosk* $units/
for browser in /etc/chromium /etc/opt/chrome; do
    install -D -m 644 "$here/haitang-policy.json" $browser/policies/managed/haitang.json
done
[ -z "$rotate" ] || printf '[Service]\nEnvironment=HAITANG_ROTATE=%s\n' "$rotate" >$units/haitang-kiosk.service.d/rotate.conf

# Where there is a desktop it would hold the screen: the machine starts without it. Back: systemctl set-default graphical.target
systemctl set-default multi-user.target
systemctl daemon-reload
systemctl enable haitang-kiosk.service haitang-kiosk-nightly.timer
systemctl restart haitang-kiosk.service haitang-kiosk-nightly.timer
echo "Installed. The page comes in about a minute; if not: journalctl -u haitang-kiosk -n 50"
