# Registers three tasks for the user of the screen; run it once, as administrator. The guide is docs/halls.md.
#   powershell -ExecutionPolicy Bypass -File register-tasks.ps1 -User kiosk -Folder D:\haitang-start
# Folder is where start.cmd and watch.ps1 lie: not in the folder of the hall, and where that user may not write.
param(
    [Parameter(Mandatory = $true)][string]$User,
    [Parameter(Mandatory = $true)][string]$Folder
)
$ErrorActionPreference = 'Stop'
$screen = New-ScheduledTaskPrincipal -UserId $User -LogonType Interactive -RunLevel Limited
$system = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest
# No time limit: without this Windows ends a task after three days.
$always = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries `
    -DontStopIfGoingOnBatteries -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -MultipleInstances IgnoreNew
$short = New-ScheduledTaskSettingsSet -ExecutionTimeLimit (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries `
    -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew

Register-ScheduledTask -Force -TaskName 'Haitang screen' -Principal $screen -Settings $always `
    -Trigger (New-ScheduledTaskTrigger -AtLogOn -User $User) `
    -Action (New-ScheduledTaskAction -Execute 'cmd.exe' -Argument "/c `"$Folder\start.cmd`"") | Out-Null

Register-ScheduledTask -Force -TaskName 'Haitang watch' -Principal $screen -Settings $short `
    -Trigger (New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval (New-TimeSpan -Minutes 1)) `
    -Action (New-ScheduledTaskAction -Execute 'powershell.exe' `
        -Argument "-NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$Folder\watch.ps1`"") | Out-Null

Register-ScheduledTask -Force -TaskName 'Haitang restart' -Principal $system -Settings $short `
    -Trigger (New-ScheduledTaskTrigger -Daily -At '04:00') `
    -Action (New-ScheduledTaskAction -Execute 'shutdown.exe' -Argument '/r /f /t 60') | Out-Null

# A key that is there keeps what a hall's own administrators have put into it: New-Item -Force would empty it.
function Set-Policy([string]$Key, [string]$Name) {
    if (-not (Test-Path $Key)) { New-Item -Path $Key -Force | Out-Null }
    Set-ItemProperty -Path $Key -Name $Name -Type DWord -Value 0
}

# Swiping in from an edge shows Windows; it must not. For all users of this machine.
Set-Policy 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI' AllowEdgeSwipe

# The browser never asks whether to translate: Edge, and Chrome where that was put in its place. For all users of this machine.
foreach ($browser in 'HKLM:\SOFTWARE\Policies\Microsoft\Edge', 'HKLM:\SOFTWARE\Policies\Google\Chrome') {
    Set-Policy $browser TranslateEnabled
}

# Neither the screen nor the machine sleeps while it is plugged in.
powercfg /change monitor-timeout-ac 0
powercfg /change standby-timeout-ac 0
powercfg /change hibernate-timeout-ac 0
Get-ScheduledTask -TaskName 'Haitang *'
