import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../state/settings.ts';
import { colorSchemeManager, theme, tokensAsMantineVariables } from '../style/theme.ts';
import { setLanguage, texts } from '../texts/translate.ts';
import { Workbench } from './workbench/workbench.tsx';

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokensAsMantineVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <InLanguage />
    </MantineProvider>
  );
}

/** Applies the settings that concern the whole page. Another language draws everything anew. */
function InLanguage() {
  const { i18n } = useTranslation(undefined, { i18n: texts });
  useAppliedSettings();
  return <Workbench key={i18n.language} />;
}

function useAppliedSettings(): void {
  const { settings, known } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (known) setColorScheme(settings.theme === 'system' ? 'auto' : settings.theme);
  }, [known, settings.theme, setColorScheme]);
  useEffect(() => {
    // In the desktop, the frame of the window and the menu follow too.
    if (known) globalThis.ndiHost?.applySettings({ theme: settings.theme, shortcuts: settings.shortcuts });
  }, [known, settings.theme, settings.shortcuts]);
  useEffect(() => {
    document.documentElement.dataset['reduceMotion'] = settings.reduceMotion;
  }, [settings.reduceMotion]);
  useEffect(() => {
    if (known) void setLanguage(settings.language);
  }, [known, settings.language]);
}
