# Shows the hall's page on the whole screen and watches it, as kiosk.sh does on Linux; started once, hidden, when the user of the
# screen logs on (register-tasks.ps1). The guide is docs/halls.md. Never run on a real Windows so far: see there.
# Change these lines if need be: the page of the hall with slashes, where the browser is, the folder of the hall.
$page = 'file:///D:/haitang/index.html'
$browser = "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe"
$folder = 'D:\haitang'
$status = ''         # a folder, a network share for instance, that gets word of this screen; empty: nobody does

$every = 5          # seconds between questions
$patience = 4       # as many questions in a row without a new count, and the browser is started anew
$startup = 90       # seconds that it may take to show the page
$quiet = 600        # seconds that the page may show something that does not count: the text edition goes back sooner
$data = "$env:LOCALAPPDATA\haitang-kiosk"
$log = "$env:LOCALAPPDATA\haitang-kiosk.log"

function Write-Note([string]$text) {
    $lines = @()
    if (Test-Path $log) { $lines = @(Get-Content -Path $log -Tail 199) }
    Set-Content -Path $log -Value ($lines + "$(Get-Date -Format 'yyyy-MM-dd HH:mm:ss') $text")
}

# Starts the browser and gives its process. $back is '#previous' where the release that is shown has failed too often.
function Open-Browser([string]$back) {
    $flags = @(
        '--kiosk', "`"$page$back`"", '--edge-kiosk-type=fullscreen', '--kiosk-idle-timeout-minutes=0',
        '--remote-debugging-port=9222', "--user-data-dir=`"$data`"",
        '--no-first-run', '--no-default-browser-check', '--noerrdialogs', '--disable-session-crashed-bubble',
        '--hide-crash-restore-bubble', '--deny-permission-prompts', '--disable-pinch', '--overscroll-history-navigation=0',
        '--disable-features=Translate,TranslateUI,CalculateNativeWinOcclusion', '--disable-component-update',
        '--disable-background-timer-throttling', '--disable-renderer-backgrounding'
    )
    Start-Process -FilePath $browser -ArgumentList $flags -PassThru
}

# The browser with all its children: what is left of it would keep the port and the data.
function Close-Browser($process) {
    & "$env:SystemRoot\System32\taskkill.exe" /F /T /PID $process.Id 2>&1 | Out-Null
    Start-Sleep -Seconds 1
}

# What the page counts in its title once a second; empty where it shows something that does not count, $null where nobody answers.
function Get-Beat {
    try {
        $request = [Net.WebRequest]::Create("http://127.0.0.1:9222/json/list")
        $request.Proxy = $null
        $request.Timeout = 4000
        $reader = New-Object IO.StreamReader($request.GetResponse().GetResponseStream())
        $told = $reader.ReadToEnd()
        $reader.Close()
    } catch {
        return $null
    }
    if ($told -match '"title": ".* \[(\d+)\]"') { return $Matches[1] }
    return ''
}

# One small file once an hour and after each change of the release, as kiosk.sh writes it; nothing of visitors. In a job of its
# own: a share that hangs holds up nothing but this.
function Send-Report {
    $id = ''
    if ((Get-Content -Raw "$folder\current.js" -ErrorAction SilentlyContinue) -match '"id":"(\d{8}-[0-9a-f]{12})"') { $id = $Matches[1] }
    if ($id -eq $script:reported -and ((Get-Date) - $script:reportedAt).TotalSeconds -lt 3600) { return }
    if ($script:writer -and $script:writer.State -eq 'Running') { return }
    $script:reported = $id
    $script:reportedAt = Get-Date
    $hall = ''
    $manifest = "$folder\releases\$id\manifest.json"
    if ($id -and (Get-Content -Raw $manifest -ErrorAction SilentlyContinue) -match '"hall":"([a-z0-9-]*)"') { $hall = $Matches[1] }
    $last = ''
    if (Test-Path $log) { $last = "$(Get-Content -Path $log -Tail 1)" -replace '[^A-Za-z0-9 :#-]', '' }
    $at = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $told = '{{"format":1,"hall":"{0}","release":"{1}","at":{2},"started":{3},"restarts":{4},"last":"{5}"}}' -f `
        $hall, $id, $at, $begun, $script:restarts, $last
    $file = "$status\$($env:COMPUTERNAME -replace '[^A-Za-z0-9-]', '').json"
    $script:writer = Start-Job -ArgumentList $file, $told -ScriptBlock {
        param($file, $told)
        Set-Content -Path "$file.new" -Value $told -Encoding ASCII
        Move-Item -Force -Path "$file.new" -Destination $file
    }
}

$failures = 0
$restarts = 0
$reported = 'none'
$reportedAt = Get-Date
$writer = $null
$begun = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$since = Get-Date
$back = ''
while ($true) {
    $process = Open-Browser $back
    $born = Get-Date
    $counted = Get-Date
    $last = ''
    $missed = 0
    $why = ''
    while ($why -eq '') {
        Start-Sleep -Seconds $every
        if ($status) { Send-Report }
        $beat = Get-Beat
        $limit = $quiet
        if ($last -eq '') { $limit = $startup }
        if ($process.HasExited -and $null -eq $beat) { $why = 'the browser has ended'; break }
        if ($beat -and $beat -ne $last) {
            $last = $beat
            $missed = 0
            $counted = Get-Date
        } elseif ($beat -eq '' -and ((Get-Date) - $counted).TotalSeconds -lt $limit) {
            $missed = 0
        } else {
            $missed += 1
        }
        if ($missed -lt $patience) { continue }
        if ($last -eq '' -and ((Get-Date) - $born).TotalSeconds -lt $startup) { continue }
        if ($null -eq $beat) { $why = 'the browser does not answer' } else { $why = 'the page has stopped' }
    }
    Close-Browser $process
    # Three within an hour: the release that is shown is at fault, and the page is asked for the one before it.
    if (((Get-Date) - $since).TotalSeconds -gt 3600) {
        $failures = 0
        $since = Get-Date
        $back = ''
    }
    $failures += 1
    $restarts += 1
    if ($failures -ge 3) { $back = '#previous' }
    Write-Note "${why}: started anew $back"
}
