import { Button, Menu, ScrollArea } from '@mantine/core';
import { IconTablePlus } from '@tabler/icons-react';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';

interface ClassChooserProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Classes whose documents add their fields as columns where they depend on what a row is about. */
export function ClassChooser({ path, sessionId, chosen, onChange }: ClassChooserProps) {
  const request = sessionId === undefined ? { path } : { path, sessionId };
  const answer = useAnswer(JSON.stringify(request), (signal) => client.documents.classes(request, { signal }));
  const label =
    chosen.length === 0
      ? t('Add fields of…')
      : plural(chosen.length, 'Fields of {{count}} class', 'Fields of {{count}} classes');
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" leftSection={<IconTablePlus size={16} aria-hidden />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Add the fields of documents that depend on a row')}</Menu.Label>
        <ScrollArea.Autosize mah={400}>
          {(answer.value ?? []).map(({ class: name }) => (
            <Menu.CheckboxItem
              key={name}
              checked={chosen.includes(name)}
              onChange={(add) => onChange(add ? [...chosen, name] : chosen.filter((other) => other !== name))}
            >
              {name}
            </Menu.CheckboxItem>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
