; The installer for Windows, from the folder that src-tauri/packages/windows has filled. For the one who runs it: no
; administrator is asked, nothing is fetched. What is installed is listed in ${LIST}, so that only that is removed.

Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include /CHARSET=UTF8 "${LIST}"

Name "縁 Enishi"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Enishi"
BrandingText "縁 Enishi ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define KEPT "$LOCALAPPDATA\enishi"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\Enishi"
; Where the Evergreen runtime says its version (learn.microsoft.com, "Detect if a WebView2 Runtime is already installed").
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TITLE "$(welcome)"
!define MUI_WELCOMEPAGE_TEXT "$(means)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\enishi.exe"
!define MUI_FINISHPAGE_TEXT "$(ready)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(stays)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$(stayed)"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Japanese"

LangString welcome ${LANG_JAPANESE} "縁 Enishi を入れます"
LangString welcome ${LANG_ENGLISH} "Installing Enishi"
LangString means ${LANG_JAPANESE} "辞めた方の名簿と、会報・はがきの紙を作るプログラムです。$\r$\n$\r$\nこのパソコンの、いまお使いの方だけに入れます。管理者の許しはいりません。インターネットからは何も取りません。$\r$\n$\r$\n前の版が入っていれば新しくします。名簿とバックアップには触れません。"
LangString means ${LANG_ENGLISH} "A register of the people who have left your company, and the paper for them.$\r$\n$\r$\nIt is installed for you alone on this PC: no administrator is needed, and nothing is fetched from the internet.$\r$\n$\r$\nAn older version is replaced. Registers and backups are not touched."
LangString ready ${LANG_JAPANESE} "入りました。次からは、スタートメニューの「縁 Enishi」で開きます。"
LangString ready ${LANG_ENGLISH} "It is installed. From now on you find it in the start menu as 縁 Enishi."
LangString stays ${LANG_JAPANESE} "プログラムだけを取りのぞきます。名簿とバックアップは、このまま残ります：${KEPT}"
LangString stays ${LANG_ENGLISH} "Only the program is removed. Your registers and backups stay where they are: ${KEPT}"
LangString stayed ${LANG_JAPANESE} "プログラムを取りのぞきました。名簿とバックアップは残っています：$\r$\n${KEPT}$\r$\n$\r$\nまた入れれば、続きから使えます。名簿もいらないときは、このフォルダーを手で消してください。"
LangString stayed ${LANG_ENGLISH} "The program is removed. Your registers and backups are still there:$\r$\n${KEPT}$\r$\n$\r$\nInstall it again to go on with them. If you do not want them either, delete that folder yourself."
LangString open ${LANG_JAPANESE} "縁 Enishi が開いています。閉じてから「再試行」を押してください。"
LangString open ${LANG_ENGLISH} "Enishi is open. Close it, then press Retry."
LangString backup ${LANG_JAPANESE} "縁 Enishi の控え（バックアップ）"
LangString backup ${LANG_ENGLISH} "Backup of an Enishi register"
LangString system ${LANG_JAPANESE} "縁 Enishi には、64 ビット版の Windows 10 か 11 がいります。何も入れていません。"
LangString system ${LANG_ENGLISH} "Enishi needs Windows 10 or 11, 64 bit. Nothing was installed."
LangString webview ${LANG_JAPANESE} "このパソコンには、画面を映す部品（Microsoft Edge WebView2 ランタイム）がまだありません。縁 Enishi は入れますが、開くにはその部品がいります。Windows Update を最後まで済ませるか、Microsoft の「WebView2」のページにある「Evergreen スタンドアロン インストーラー（x64）」で入れてください。"
LangString webview ${LANG_ENGLISH} "The part of Windows that shows the window (Microsoft Edge WebView2 Runtime) is not on this PC yet. Enishi will be installed, but needs it to open. Let Windows Update finish, or install the Evergreen Standalone Installer (x64) from Microsoft's page on WebView2."

!macro closed un
Function ${un}closed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\enishi.exe"
      Return
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\enishi.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      Return
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(open)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
    again:
  ${Loop}
FunctionEnd
!macroend
!insertmacro closed ""
!insertmacro closed "un."

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(system)" /SD IDOK
    Abort
  ${EndIf}
  Call closed
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW}" "pv"
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU "Software\${WEBVIEW}" "pv"
  ${EndIf}
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    MessageBox MB_OK|MB_ICONINFORMATION "$(webview)" /SD IDOK
  ${EndIf}
FunctionEnd

Function un.onInit
  Call un.closed
FunctionEnd

Section
  ; What an older version put here is known to its own uninstaller.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  ${EndIf}
  !insertmacro install
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\縁 Enishi.lnk" "$INSTDIR\enishi.exe"
  WriteRegStr HKCU "Software\Classes\.enishi" "" "Enishi.Backup"
  WriteRegStr HKCU "Software\Classes\Enishi.Backup" "" "$(backup)"
  WriteRegStr HKCU "Software\Classes\Enishi.Backup\DefaultIcon" "" "$INSTDIR\enishi.exe,0"
  WriteRegStr HKCU "Software\Classes\Enishi.Backup\shell\open\command" "" '"$INSTDIR\enishi.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${LISTED}" "DisplayName" "縁 Enishi"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\enishi.exe"
  WriteRegStr HKCU "${LISTED}" "Publisher" "The Enishi authors"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro remove
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ; What WebView2 keeps of its own; the page leaves nothing in it.
  RMDir /r "$LOCALAPPDATA\jp.enishi.desktop"
  Delete "$SMPROGRAMS\縁 Enishi.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.enishi" ""
  ${If} $0 == "Enishi.Backup"
    DeleteRegKey HKCU "Software\Classes\.enishi"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\Enishi.Backup"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${LISTED}"
SectionEnd
