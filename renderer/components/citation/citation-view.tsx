import { Button, CopyButton, Group, Tabs } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import type { Citation } from '../../../shared/contract/cloud-publish.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ErrorState } from '../error-state.tsx';
import { LoadingState } from '../loading-state.tsx';
import { saveFile } from '../save-file.ts';
import classes from './citation.module.css';

/** A dataset of this computer, or one in NDI Cloud by its id. */
export type Cited = { readonly path: string } | { readonly cloudDatasetId: string };

type Format = keyof Citation;

const endings: Record<Format, string> = { text: 'txt', bibtex: 'bib', ris: 'ris' };

/** A citation in three formats, each to be copied or saved. */
export function CitationView({ cited }: { readonly cited: Cited }) {
  const answer = useAnswer(`cite ${JSON.stringify(cited)}`, (signal) => client.cloudPublish.cite(cited, { signal }));
  if (answer.status === 'loading') return <LoadingState what={t('Looking the dataset up…')} lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const citation = answer.value;
  const names: Record<Format, string> = { text: t('Text'), bibtex: t('BibTeX'), ris: t('RIS') };
  const formats = Object.keys(names) as Format[];
  return (
    <Tabs defaultValue="text">
      <Tabs.List aria-label={t('Format of the citation')}>
        {formats.map((format, at) => (
          <Tabs.Tab key={format} value={format} {...(at === 0 ? { 'data-autofocus': true } : {})}>
            {names[format]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {formats.map((format) => (
        <Tabs.Panel key={format} value={format}>
          <CitationText text={citation[format]} name={names[format]} ending={endings[format]} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface CitationTextProps {
  readonly text: string;
  readonly name: string;
  readonly ending: string;
}

function CitationText({ text, name, ending }: CitationTextProps) {
  return (
    <>
      <pre
        className={classes.text}
        translate="no"
        tabIndex={0}
        aria-label={t('Citation as {{format}}', { format: name })}
      >
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
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), `citation.${ending}`)}
        >
          {t('Save as a file')}
        </Button>
      </Group>
    </>
  );
}
