/** The name under which Windows knows the application, and shows its notices: that of the shortcut which the installer makes. */
export const WINDOWS_APP_ID = 'org.ndi.desktop';
