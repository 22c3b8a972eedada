import { FusesPlugin } from '@electron-forge/plugin-fuses';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { isLeftOut } from './build/packaging/packaged-files.ts';

/** Recordings that the Finder may offer us; electron-builder.json has the same for the other systems. */
const recordings = ['rhd', 'nev', 'ns1', 'ns2', 'ns3', 'ns4', 'ns5', 'ns6'];

/** On macOS a program is signed and notarised where Apple's account is named in the environment. */
const { APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD, APPLE_TEAM_ID } = process.env;
const signing =
  APPLE_ID && APPLE_APP_SPECIFIC_PASSWORD && APPLE_TEAM_ID
    ? {
        osxSign: {
          optionsForFile: () => ({
            hardenedRuntime: true,
            entitlements: 'build/packaging/entitlements.mac.plist',
          }),
        },
        osxNotarize: {
          appleId: APPLE_ID,
          appleIdPassword: APPLE_APP_SPECIFIC_PASSWORD,
          teamId: APPLE_TEAM_ID,
        },
      }
    : {};

/** Forge packages the program; electron-builder makes the installers out of it (build/packaging/package.ts). */
const config: ForgeConfig = {
  packagerConfig: {
    name: 'NDI Desktop',
    executableName: 'ndi-desktop',
    appBundleId: 'org.ndi.desktop',
    appCategoryType: 'public.app-category.education',
    appCopyright: 'Copyright the NDI Desktop team, Apache License 2.0',
    icon: 'build/packaging/icon',
    asar: true,
    // Nothing of node_modules goes in, so there is nothing to prune.
    prune: false,
    ignore: isLeftOut,
    // Into the Info.plist; electron-builder.json and installer.nsh have it for the other systems.
    protocols: [{ name: 'NDI Desktop link', schemes: ['ndi-app'] }],
    extendInfo: {
      NSHumanReadableCopyright: 'Copyright the NDI Desktop team, Apache License 2.0',
      CFBundleDocumentTypes: [
        {
          CFBundleTypeName: 'Recording',
          CFBundleTypeRole: 'Viewer',
          LSHandlerRank: 'Alternate',
          CFBundleTypeExtensions: recordings,
        },
        {
          // A folder dropped on the icon in the dock.
          CFBundleTypeName: 'Folder',
          CFBundleTypeRole: 'Viewer',
          LSHandlerRank: 'None',
          LSItemContentTypes: ['public.folder'],
        },
      ],
    },
    ...signing,
  },
  makers: [],
  plugins: [
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
};

export default config;
