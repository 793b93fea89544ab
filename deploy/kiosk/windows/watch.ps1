# Ends a browser whose window has not answered three times in a row; start.cmd then starts it anew. Runs once a minute as a
# task (register-tasks.ps1), as the same user that sees the screen. The guide is docs/halls.md.
$note = Join-Path $env:LOCALAPPDATA 'haitang-kiosk-silent.txt'
$windows = Get-Process -Name msedge -ErrorAction SilentlyContinue | Where-Object { $_.MainWindowHandle -ne 0 }
$silent = @($windows | Where-Object { -not $_.Responding })
if ($silent.Count -eq 0) {
    Remove-Item -Path $note -ErrorAction SilentlyContinue
    exit 0
}
$times = 1
if (Test-Path $note) { $times = 1 + [int](Get-Content -Path $note -TotalCount 1) }
if ($times -lt 3) {
    Set-Content -Path $note -Value $times
    exit 0
}
Remove-Item -Path $note -ErrorAction SilentlyContinue
$silent | Stop-Process -Force
