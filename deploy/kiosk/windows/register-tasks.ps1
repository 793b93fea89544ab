# Registers two tasks for the screen; run it once, as administrator. The guide is docs/halls.md.
#   powershell -ExecutionPolicy Bypass -File register-tasks.ps1 -User kiosk -Folder D:\haitang-start
# Folder is where kiosk.ps1 lies: not in the folder of the hall, and where that user may not write.
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

# Started when that user logs on; asked for once a minute as well, which does nothing while it runs. Its window is hidden: what
# Windows shows of it for a moment is before the page is there.
$logon = New-ScheduledTaskTrigger -AtLogOn -User $User
$minutely = New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval (New-TimeSpan -Minutes 1)
Register-ScheduledTask -Force -TaskName 'Haitang screen' -Principal $screen -Settings $always -Trigger $logon, $minutely `
    -Action (New-ScheduledTaskAction -Execute 'powershell.exe' `
        -Argument "-NoProfile -NonInteractive -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$Folder\kiosk.ps1`"") | Out-Null
# What an older version registered.
Unregister-ScheduledTask -TaskName 'Haitang watch' -Confirm:$false -ErrorAction SilentlyContinue

Register-ScheduledTask -Force -TaskName 'Haitang restart' -Principal $system -Settings $short `
    -Trigger (New-ScheduledTaskTrigger -Daily -At '04:00') `
    -Action (New-ScheduledTaskAction -Execute 'shutdown.exe' -Argument '/r /f /t 60') | Out-Null

# A key that is there keeps what a hall's own administrators have put into it: New-Item -Force would empty it.
function Register-Policy([string]$Key, [string]$Name, [int]$Value) {
    if (-not (Test-Path $Key)) { New-Item -Path $Key -Force | Out-Null }
    Set-ItemProperty -Path $Key -Name $Name -Type DWord -Value $Value
}

# Swiping in from an edge shows Windows; it must not. For all users of this machine.
Register-Policy 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI' AllowEdgeSwipe 0

# No bar and no window of the browser's own: as haitang-policy.json says it on Linux, for Edge, and for Chrome where that was put
# in its place. RelaunchNotification is not set: that is how it stays silent. For all users of this machine.
$both = @{
    TranslateEnabled = 0; DefaultBrowserSettingEnabled = 0; PromotionalTabsEnabled = 0
    CommandLineFlagSecurityWarningsEnabled = 0; SuppressUnsupportedOSWarning = 1
    ComponentUpdatesEnabled = 0; BackgroundModeEnabled = 0; RemoteDebuggingAllowed = 1; PrintingEnabled = 0
    PasswordManagerEnabled = 0; AutofillAddressEnabled = 0; AutofillCreditCardEnabled = 0
    DefaultNotificationsSetting = 2; DefaultGeolocationSetting = 2; AudioCaptureAllowed = 0; VideoCaptureAllowed = 0
    BrowserSignin = 0; SyncDisabled = 1; UserFeedbackAllowed = 0
}
$edge = @{
    HideFirstRunExperience = 1; HideRestoreDialogEnabled = 1; AutoImportAtFirstRun = 4; StartupBoostEnabled = 0
    ShowRecommendationsEnabled = 0; SpotlightExperiencesAndRecommendationsEnabled = 0; PersonalizationReportingEnabled = 0
    DefaultBrowserSettingsCampaignEnabled = 0; HubsSidebarEnabled = 0; SearchbarAllowed = 0; VisualSearchEnabled = 0
    QuickSearchShowMiniMenu = 0; MouseGestureEnabled = 0; KioskSwipeGesturesEnabled = 0
}
$policies = 'HKLM:\SOFTWARE\Policies'
foreach ($name in $both.Keys) {
    Register-Policy "$policies\Microsoft\Edge" $name $both[$name]
    Register-Policy "$policies\Google\Chrome" $name $both[$name]
}
foreach ($name in $edge.Keys) { Register-Policy "$policies\Microsoft\Edge" $name $edge[$name] }
foreach ($name in 'PromotionsEnabled', 'MetricsReportingEnabled') { Register-Policy "$policies\Google\Chrome" $name 0 }

# Neither the screen nor the machine sleeps while it is plugged in.
powercfg /change monitor-timeout-ac 0
powercfg /change standby-timeout-ac 0
powercfg /change hibernate-timeout-ac 0
Get-ScheduledTask -TaskName 'Haitang *'
