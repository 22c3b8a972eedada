import { Button, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImportRecipe } from '../../../../shared/model/import-plan/recipe.ts';
import { client } from '../../../state/client.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './recipe-banner.module.css';
import { EditField } from './edit-field.tsx';

interface RecipeBannerProps {
  readonly recipe: ImportRecipe;
  /** Shows the import as the scan proposes it. */
  readonly onFresh: () => void;
}

/** Says what was taken from the last time; the name can be changed, all of it left, or forgotten for good. */
export function RecipeBanner({ recipe, onFresh }: RecipeBannerProps) {
  const [name, setName] = useState(recipe.name);
  const rename = async (next: string) => {
    if (next === '') return;
    try {
      await client.imports.keepRecipe({ ...recipe, name: next });
      setName(next);
    } catch (thrown) {
      showError(thrown);
    }
  };
  const forget = async () => {
    try {
      await client.imports.forgetRecipe({ id: recipe.id });
      showMessage({ title: t('What was remembered of {{name}} is forgotten', { name }) });
      onFresh();
    } catch (thrown) {
      showError(thrown);
    }
  };
  return (
    <section className={classes.recipe} aria-label={t('As last time')}>
      <IconHistory size={16} aria-hidden />
      <strong>{t('As last time ({{date}}):', { date: formatDate(recipe.usedAt) })}</strong>
      <EditField value={name} onCommit={(next) => void rename(next)}>
        {(field) => <TextInput {...field} size="xs" aria-label={t('Name of the rig')} maxLength={100} />}
      </EditField>
      <span className={shared.quiet}>{recipeWords(recipe)}</span>
      <Button variant="default" size="compact-sm" onClick={onFresh}>
        {t('Start afresh')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => void forget()}>
        {t('Forget')}
      </Button>
    </section>
  );
}

function recipeWords({ devices, pattern, recordings }: ImportRecipe): string {
  const probes = devices.flatMap((one) => one.probes ?? []).map(({ name }) => name);
  return [
    t('devices {{devices}}', { devices: devices.map(({ device }) => device).join(', ') }),
    ...(probes.length === 0 ? [] : [t('probes {{probes}}', { probes: probes.join(', ') })]),
    ...(pattern === undefined ? [] : [t('pattern {{pattern}}', { pattern })]),
    ...(recordings === 'copy' ? [t('copied')] : []),
    ...(recordings === 'ingest' ? [t('taken into the session')] : []),
  ].join('; ');
}
