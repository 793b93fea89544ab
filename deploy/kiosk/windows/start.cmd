@echo off
rem Shows the hall's page on the whole screen, and again whenever the browser has ended. The guide is docs/halls.md.
rem Change these two lines if need be: the folder of the hall with slashes, and where the browser is.
set "PAGE=file:///D:/haitang/index.html"
set "BROWSER=%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe"

for /l %%n in (0,0,1) do (
    start "" /wait "%BROWSER%" --kiosk "%PAGE%" --edge-kiosk-type=fullscreen --kiosk-idle-timeout-minutes=0 --no-first-run --no-default-browser-check --disable-session-crashed-bubble --hide-crash-restore-bubble --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate,TranslateUI --user-data-dir="%LOCALAPPDATA%\haitang-kiosk"
    rem Five seconds, also where there is no keyboard.
    ping -n 6 127.0.0.1 >nul
)
