#!/bin/sh
# Shows HAITANG_PAGE on the whole screen and watches it: /usr/local/lib/haitang/kiosk.sh, started by haitang-kiosk.service. The
# page counts in its title once a second, and the browser tells titles at its debugging port. A page that no longer counts (its
# process was killed, or it hangs) and a browser that no longer answers or has ended are started anew. The guide is docs/halls.md.
set -u

page=${HAITANG_PAGE:-file:///srv/haitang/index.html}
browser=${HAITANG_BROWSER:-$(command -v chromium || echo google-chrome-stable)}
port=${HAITANG_PORT:-9222}         # the browser answers here, and only to this machine
every=${HAITANG_EVERY:-5}          # seconds between questions
patience=${HAITANG_PATIENCE:-4}    # as many questions in a row without a new count, and the browser is started anew
startup=${HAITANG_STARTUP:-90}     # seconds that it may take to show the page
quiet=${HAITANG_QUIET:-600}        # seconds that the page may show something that does not count: the text edition goes back sooner
profile=${HAITANG_PROFILE:-$HOME/.haitang-kiosk}
log=${HAITANG_LOG:-$HOME/.haitang-kiosk.log}
folder=${HAITANG_FOLDER:-/srv/haitang}  # where the page lies: which release is shown
status=${HAITANG_STATUS:-}              # a folder, a network share for instance, that gets word of this screen; empty: nobody does

# What happened, for the journal and for a file that a keeper can copy: its last 200 lines.
note() {
    echo "$1" >&2
    { tail -n 199 "$log" 2>/dev/null; echo "$(date '+%Y-%m-%d %H:%M:%S') $1"; } >"$log.new" && mv "$log.new" "$log"
}

here=$(dirname "$0")

# Width, height, left and top of the screen as it stands, turned or not: 1080 1920 0 0. Nothing where nobody can tell.
screen() {
    "$here/screen.sh"
}

# --kiosk asks a window manager for the whole screen, and here is none: we say how large it is, in its own pixels. Of a window
# exactly as large as a screen Chromium takes one pixel away at the right and at the bottom, so we ask for one more below.
# Not --incognito: the counters of the hall would be gone after each start.
start() {
    size=$(screen)
    window=
    if [ -n "$size" ]; then
        read -r width height left top <<EOF
$size
EOF
        window="--window-position=$left,$top --window-size=$width,$((height + 1))"
    else
        echo "how large the screen is cannot be told: install x11-xserver-utils" >&2
    fi
    # shellcheck disable=SC2086  # two flags or none
    "$browser" --kiosk $window --force-device-scale-factor=1 \
        --user-data-dir="$profile" --remote-debugging-port="$port" \
        --no-first-run --no-default-browser-check --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble \
        --deny-permission-prompts --disable-pinch --overscroll-history-navigation=0 \
        --disable-features=Translate,TranslateUI --disable-component-update \
        --disable-background-timer-throttling --disable-renderer-backgrounding \
        --password-store=basic --check-for-update-interval=31536000 \
        "$page$back" &
    browser_pid=$!
    born=$(date +%s)
    counted=$born
    last=
    missed=0
}

end() {
    kill -KILL "$browser_pid" 2>/dev/null
    wait "$browser_pid" 2>/dev/null
}

# Three within an hour: the release that is shown is at fault, and the page is asked for the one before it.
again() {
    end
    now=$(date +%s)
    if [ $((now - since)) -gt 3600 ]; then
        failures=0
        since=$now
        back=
    fi
    failures=$((failures + 1))
    restarts=$((restarts + 1))
    [ "$failures" -lt 3 ] || back='#previous'
    note "$1: started anew $back"
    start
}

# One small file once an hour and after each change of the release: what is shown, since when, how often it was started anew and
# why. Nothing of visitors. `build.py kiosk status FOLDER` shows all screens. A share that hangs holds up nothing but this.
report() {
    id=$(sed -n 's/.*"id":"\([0-9]\{8\}-[0-9a-f]\{12\}\)".*/\1/p' "$folder/current.js" 2>/dev/null | head -n 1)
    if [ "$id" = "$reported" ] && [ $(($(date +%s) - reported_at)) -lt 3600 ]; then return; fi
    if [ -n "$writer" ] && kill -0 "$writer" 2>/dev/null; then return; fi
    reported=$id
    reported_at=$(date +%s)
    hall=$(sed -n 's/.*"hall":"\([a-z0-9-]*\)".*/\1/p' "$folder/releases/$id/manifest.json" 2>/dev/null | head -n 1)
    last_note=$(tail -n 1 "$log" 2>/dev/null | tr -cd 'A-Za-z0-9 :#-')
    told=$(printf '{"format":1,"hall":"%s","release":"%s","at":%s,"started":%s,"restarts":%s,"last":"%s"}' \
        "$hall" "$id" "$reported_at" "$begun" "$restarts" "$last_note")
    file=$status/$(uname -n | tr -cd 'A-Za-z0-9-').json
    { echo "$told" >"$file.new" && mv "$file.new" "$file"; } 2>/dev/null &
    writer=$!
}

back=
failures=0
restarts=0
reported=none
reported_at=0
writer=
begun=$(date +%s)
since=$begun
start
trap 'end; exit 0' TERM INT HUP

while :; do
    sleep "$every"
    if [ -n "$status" ]; then report; fi
    now_size=$(screen 2>/dev/null)
    if [ -n "$now_size" ] && [ "$now_size" != "$size" ]; then
        note "the screen is now $now_size: started anew"
        end
        start
        continue
    fi
    if ! kill -0 "$browser_pid" 2>/dev/null; then
        again "the browser has ended"
        continue
    fi
    now=$(date +%s)
    if told=$(curl --silent --fail --noproxy '*' --max-time 4 "http://127.0.0.1:$port/json/list"); then
        why="the page has stopped"
        limit=$quiet
        [ -n "$last" ] || limit=$startup
        beat=$(echo "$told" | sed -n 's/^ *"title": ".* \[\([0-9][0-9]*\)\]".*/\1/p' | head -n 1)
        if [ -n "$beat" ] && [ "$beat" != "$last" ]; then
            last=$beat
            missed=0
            counted=$now
        elif [ -z "$beat" ] && [ $((now - counted)) -lt "$limit" ]; then
            missed=0
        else
            missed=$((missed + 1))
        fi
    else
        why="the browser does not answer"
        missed=$((missed + 1))
    fi
    # systemd waits for this; without systemd there is nobody to tell.
    if [ "$missed" -eq 0 ] && [ -n "${NOTIFY_SOCKET:-}" ]; then systemd-notify WATCHDOG=1; fi
    if [ "$missed" -ge "$patience" ] && { [ -n "$last" ] || [ $((now - born)) -ge "$startup" ]; }; then again "$why"; fi
done
