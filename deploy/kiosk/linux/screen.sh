#!/bin/sh
# Which screen shows the hall's page and where: prints width, height, left and top of it in pixels ("1080 1920 0 0"), or nothing
# where nobody can tell. Before that it turns the screen and tells the touch device which screen it lies on, if asked to:
#   HAITANG_ROTATE   normal, left, right or inverted: which way the picture is turned; empty: as it is
#   HAITANG_OUTPUT   the screen as `xrandr` names it; empty: the primary one, else the first that is connected
#   HAITANG_TOUCH    the touch device as `xinput list` names it, or its number; empty: every one that is touched directly
# kiosk.sh asks every few seconds, so what was unplugged for a moment is set again. By hand: DISPLAY=:0 screen.sh
set -u

say() { echo "$1" >&2; }

# Width, height, left, top, rotation, width and height of all screens together, name; 0 0 where it is connected but dark.
chosen() {
    xrandr --current 2>/dev/null | LC_ALL=C awk '
        /^Screen / && match($0, /current [0-9]+ x [0-9]+/) {
            split(substr($0, RSTART, RLENGTH), part, " ")
            all = part[2] " " part[4]
        }
        /^[^ \t].* connected/ {
            at = index($0, " connected")
            name = substr($0, 1, at - 1)
            rest = substr($0, at + 10)
            box = "0 0 0 0"
            turned = "normal"
            rank = 1
            if (match(rest, /[0-9]+x[0-9]+[+][0-9]+[+][0-9]+/)) {
                box = substr(rest, RSTART, RLENGTH)
                gsub(/[x+]/, " ", box)
                after = substr(rest, RSTART + RLENGTH)
                if (match(after, /^ (left|right|inverted)/)) turned = substr(after, 2, RLENGTH - 1)
                rank = rest ~ /^ primary / ? 3 : 2
            }
            if (name == ENVIRON["HAITANG_OUTPUT"]) rank = 4
            if (rank > best) { best = rank; found = box " " turned " " all " " name }
        }
        END { if (best) print found }'
}

look() {
    read -r width height left top turned all_width all_height output <<EOF
$(chosen)
EOF
    width=${width:-0}
}

# Numbers of the touch devices. A touch pad is touched, too, but not directly.
touched() {
    xinput list --long 2>/dev/null | LC_ALL=C awk -F '\t' '
        /\tid=[0-9]+\t/ {
            name = $1
            sub(/^[ \200-\377]+/, "", name)
            sub(/ +$/, "", name)
            id = substr($2, 4)
            slave = $3 ~ /^\[(floating )?slave/
            if (slave && (name == ENVIRON["HAITANG_TOUCH"] || id == ENVIRON["HAITANG_TOUCH"])) print id
        }
        /Touch mode: direct/ && slave && ENVIRON["HAITANG_TOUCH"] == "" { print id }' | sort -nu
}

# A touch is a place between 0 and 1 on the unturned screen; this matrix makes of it a place on all screens together.
matrix() {
    case $turned in
        left) turn="0 -1 1 1 0 0" ;;
        right) turn="0 1 0 -1 0 1" ;;
        inverted) turn="-1 0 1 0 -1 1" ;;
        *) turn="1 0 0 0 1 0" ;;
    esac
    echo "$turn $width $height $left $top $all_width $all_height" | LC_ALL=C awk '{
        across = $7 / $11; down = $8 / $12
        printf "%.6f %.6f %.6f %.6f %.6f %.6f 0 0 1", $1 * across, $2 * across, $3 * across + $9 / $11,
            $4 * down, $5 * down, $6 * down + $10 / $12
    }'
}

rotate=${HAITANG_ROTATE:-}
case $rotate in
    '' | normal | left | right | inverted) ;;
    *)
        say "HAITANG_ROTATE is $rotate, not normal, left, right or inverted: nothing is turned"
        rotate=
        ;;
esac

look
if [ -z "${output:-}" ]; then
    [ -z "$rotate" ] || say "no screen is known to xrandr: nothing is turned (is x11-xserver-utils installed?)"
    xdpyinfo 2>/dev/null | sed -n 's/^ *dimensions: *\([0-9][0-9]*\)x\([0-9][0-9]*\) pixels.*/\1 \2 0 0/p' | head -n 1
    exit
fi
if [ -n "${HAITANG_OUTPUT:-}" ] && [ "$output" != "$HAITANG_OUTPUT" ]; then
    say "no screen $HAITANG_OUTPUT is connected: $output is taken"
fi
if [ "$width" -eq 0 ]; then
    xrandr --output "$output" --auto 2>/dev/null || say "$output is connected and cannot be switched on"
    look
fi
if [ -n "$rotate" ] && [ "$rotate" != "$turned" ]; then
    xrandr --output "$output" --rotate "$rotate" 2>/dev/null || say "$output cannot be turned $rotate: its driver does not know how"
    look
fi
[ "$width" -gt 0 ] || exit 0

# A touch device that nobody spoke of and that has but one screen to lie on stays as it is set up elsewhere.
if [ -n "$rotate${HAITANG_OUTPUT:-}${HAITANG_TOUCH:-}" ] || [ "$width $height" != "$all_width $all_height" ]; then
    devices=$(touched)
    [ -n "$devices" ] || say "no touch device${HAITANG_TOUCH:+ $HAITANG_TOUCH} is known to xinput: touches stay as they are"
    for device in $devices; do
        # shellcheck disable=SC2046  # nine numbers
        xinput set-prop "$device" "Coordinate Transformation Matrix" $(matrix) 2>/dev/null ||
            say "touch device $device cannot be set"
    done
fi
echo "$width $height $left $top"
