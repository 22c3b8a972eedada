import { Button, CopyButton, Group, Tabs } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { t } from '../../texts/translate.ts';
import { saveFile } from '../save-file.ts';
import classes from './text-tabs.module.css';

/** One form of a text: `BibTeX` of a citation, `MATLAB` of a program. */
export interface TextForm {
  readonly name: string;
  /** What it is, for screen readers: `Citation as BibTeX`. */
  readonly label: string;
  readonly text: string;
  readonly fileName: string;
}

interface TextTabsProps {
  readonly label: string;
  readonly forms: readonly TextForm[];
}

/** A text in several forms, each to be copied or saved. It takes the focus: the dialog that it fills may have waited for it. */
export function TextTabs({ label, forms }: TextTabsProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <Tabs defaultValue={forms[0]?.name ?? ''}>
      <Tabs.List aria-label={label}>
        {forms.map(({ name }, at) => (
          <Tabs.Tab key={name} value={name} {...(at === 0 ? { ref: first, 'data-autofocus': true } : {})}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {forms.map((form) => (
        <Tabs.Panel key={form.name} value={form.name}>
          <FormText form={form} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function FormText({ form: { label, text, fileName } }: { readonly form: TextForm }) {
  return (
    <>
      <pre className={classes.text} translate="no" tabIndex={0} aria-label={label}>
        {text.trimEnd()}
      </pre>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? t('Copied') : t('Copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), fileName)}
        >
          {t('Save as a file')}
        </Button>
      </Group>
    </>
  );
}
