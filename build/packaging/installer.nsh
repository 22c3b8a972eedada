; Links that begin with ndi-app:// open the program. It registers them itself too, in the same words and for the same
; user (electron/desktop/app-links.ts). Names and macros: https://www.electron.build/nsis#custom-nsis-script
; Keys: https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa767914(v=vs.85)
!macro customInstall
  WriteRegStr HKCU "Software\Classes\ndi-app" "" "URL:NDI Desktop link"
  WriteRegStr HKCU "Software\Classes\ndi-app" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\ndi-app\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\ndi-app"
!macroend
