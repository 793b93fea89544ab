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

# Not --incognito: the counters of the hall would be gone after each start.
"$browser" --kiosk --user-data-dir="$profile" --remote-debugging-port="$port" \
    --no-first-run --no-default-browser-check --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble \
    --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate --disable-component-update \
    --password-store=basic --check-for-update-interval=31536000 \
    "$page" &
browser_pid=$!

stop() {
    kill -KILL "$browser_pid" 2>/dev/null
    wait "$browser_pid" 2>/dev/null
    exit "$1"
}
trap 'stop 0' TERM INT HUP

unanswered=0
while kill -0 "$browser_pid" 2>/dev/null; do
    sleep "$every"
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
