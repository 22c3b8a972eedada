import { NativeSelect } from '@mantine/core';
import { t } from '../../../texts/translate.ts';

/** Where a list of documents is looked for. */
export type Scope = 'session' | 'dataset' | 'local' | 'cloud';

interface ScopeSelectProps {
  readonly scope: Scope;
  /** The panel's own scopes: a session of its own has no dataset. */
  readonly own: readonly Scope[];
  readonly onChange: (scope: Scope) => void;
}

const NAMES: Readonly<Record<Scope, string>> = {
  session: 'This session',
  dataset: 'This dataset',
  local: 'All on this computer',
  cloud: 'NDI Cloud',
};

export function ScopeSelect({ scope, own, onChange }: ScopeSelectProps) {
  return (
    <NativeSelect
      size="xs"
      w={150}
      aria-label={t('Where to look')}
      value={scope}
      data={[...own, 'local' as const, 'cloud' as const].map((value) => ({ value, label: t(NAMES[value]) }))}
      onChange={(event) => onChange(event.currentTarget.value as Scope)}
    />
  );
}
