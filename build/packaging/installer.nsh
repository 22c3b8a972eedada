; Links that begin with ndi-app:// open the program. It registers them itself too (electron/desktop/app-links.ts).
!macro customInstall
  WriteRegStr HKCU "Software\Classes\ndi-app" "" "URL:NDI Desktop link"
  WriteRegStr HKCU "Software\Classes\ndi-app" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\ndi-app\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\ndi-app"
!macroend
