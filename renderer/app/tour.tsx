import { Checkbox, Tour as Hints } from '@mantine/core';
import { useState } from 'react';
import { changeSettings, useSettings } from '../state/settings.ts';
import { endTour, useTour } from '../state/tour.ts';
import { t } from '../texts/translate.ts';

/** The four hints, each at a real control (`data-tour`). */
function hints() {
  return [
    {
      id: 'open',
      // The start page where it is in front, else the menus.
      target: document.querySelector('[data-tour="open"]') === null ? '[data-tour="menus"]' : '[data-tour="open"]',
      position: 'bottom-start' as const,
      title: t('Open anything'),
      body: t(
        'Open a folder or a file here, or drop it anywhere on the window. Opening never changes what is on disk.',
      ),
    },
    {
      id: 'tree',
      target: '[data-tour="tree"]',
      position: 'right-start' as const,
      title: t('What is in a session'),
      body: t(
        'Everything that is open stands in this tree: recordings by device and epoch, probes, subjects, documents. Enter opens, the menu key shows more.',
      ),
    },
    {
      id: 'palette',
      target: '[data-tour="palette"]',
      position: 'bottom' as const,
      title: t('Every action by its name'),
      body: t(
        'The palette finds commands, sessions, documents with # and settings with >, and shows the shortcut of each.',
      ),
    },
    {
      id: 'jobs',
      target: '[data-tour="jobs"]',
      position: 'top-start' as const,
      title: t('Long work stays in sight'),
      body: t('Whatever takes longer than a second shows here how far it is, and can be cancelled.'),
    },
  ];
}

/** The two-minute tour. Hints that were dismissed for good are left out; asked for by name, all show again. */
export function Tour() {
  const active = useTour((state) => state.active);
  return active ? <RunningTour /> : null;
}

function RunningTour() {
  const dismissed = useSettings((state) => state.settings.dismissedHints);
  const [step, setStep] = useState(0);
  // Fixed at the start: a hint that is dismissed now shall not pull the others along while they are read.
  const [shown] = useState(() => {
    const open = hints().filter((hint) => document.querySelector(hint.target) !== null);
    const fresh = open.filter((hint) => !dismissed.includes(hint.id));
    return fresh.length > 0 ? fresh : open;
  });
  return (
    <Hints
      active
      step={step}
      onStepChange={setStep}
      onClose={endTour}
      withOverlayInteraction
      // Its own grey is too faint on white.
      styles={{ stepCounter: { color: 'var(--ndi-text-quiet)' } }}
      labels={{
        skip: t('End the tour'),
        back: t('Back'),
        next: t('Next'),
        close: t('Close'),
        stepCounter: (current, total) => t('{{current}} of {{total}}', { current, total }),
        beacon: t('Start the tour'),
      }}
    >
      {shown.map((hint) => (
        <Hints.Step key={hint.id} target={hint.target} title={hint.title} position={hint.position}>
          <p style={{ margin: '0 0 8px' }}>{hint.body}</p>
          <Checkbox
            label={t('Do not show this hint again')}
            checked={dismissed.includes(hint.id)}
            onChange={(event) => {
              const others = dismissed.filter((id) => id !== hint.id);
              void changeSettings({ dismissedHints: event.currentTarget.checked ? [...others, hint.id] : others });
            }}
          />
        </Hints.Step>
      ))}
    </Hints>
  );
}
