#!/bin/sh
# Shows HAITANG_PAGE on the whole screen and watches the browser: /usr/local/lib/haitang/kiosk.sh, started by
# haitang-kiosk.service. The page looks after itself (docs/halls.md); this looks after the browser. A browser that no longer
# answers is killed, and we end with it, so that systemd starts everything anew.
set -u

page=${HAITANG_PAGE:-file:///srv/haitang/index.html}
browser=${HAITANG_BROWSER:-chromium}
port=${HAITANG_PORT:-9222}         # the browser answers here, and only to this machine
every=${HAITANG_EVERY:-15}         # seconds between questions
patience=${HAITANG_PATIENCE:-4}    # as many questions without an answer, and it is killed
profile=${HAITANG_PROFILE:-$HOME/.haitang-kiosk}

# The screen's width and height as it stands, turned or not: 1080 1920. Nothing where nobody can tell.
screen() {
    xdpyinfo 2>/dev/null | sed -n 's/^ *dimensions: *\([0-9][0-9]*\)x\([0-9][0-9]*\) pixels.*/\1 \2/p' | head -n 1
}

# --kiosk asks a window manager for the whole screen, and here is none: we say how large it is, in its own pixels. Of a window
# as large as the screen Chromium takes one pixel away at the right and at the bottom, so we ask for one more.
# Not --incognito: the counters of the hall would be gone after each start.
start() {
    size=$(screen)
    if [ -n "$size" ]; then
        window=--window-size=$((${size% *} + 1)),$((${size#* } + 1))
    else
        window=
        echo "how large the screen is cannot be told: install x11-utils" >&2
    fi
    "$browser" --kiosk --window-position=0,0 $window --force-device-scale-factor=1 \
        --user-data-dir="$profile" --remote-debugging-port="$port" \
        --no-first-run --no-default-browser-check --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble \
        --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate,TranslateUI --disable-component-update \
        --password-store=basic --check-for-update-interval=31536000 \
        "$page" &
    browser_pid=$!
}

end() {
    kill -KILL "$browser_pid" 2>/dev/null
    wait "$browser_pid" 2>/dev/null
}

stop() {
    end
    exit "$1"
}

start
trap 'stop 0' TERM INT HUP

unanswered=0
while kill -0 "$browser_pid" 2>/dev/null; do
    sleep "$every"
    now=$(screen)
    if [ -n "$now" ] && [ "$now" != "$size" ]; then
        echo "the screen is now $now: the browser is started anew" >&2
        end
        start
        continue
    fi
    if curl --silent --fail --noproxy '*' --max-time 10 --output /dev/null "http://127.0.0.1:$port/json/list"; then
        unanswered=0
        # systemd waits for this; without systemd there is nobody to tell.
        if [ -n "${NOTIFY_SOCKET:-}" ]; then systemd-notify WATCHDOG=1; fi
    else
        unanswered=$((unanswered + 1))
        if [ "$unanswered" -ge "$patience" ]; then
            echo "the browser does not answer: it is killed and started anew" >&2
            stop 1
        fi
    fi
done
echo "the browser has ended" >&2
exit 1
