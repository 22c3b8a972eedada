import { ActionIcon, Button, Menu, Modal, Textarea, TextInput, Tooltip } from '@mantine/core';
import { useClipboard, useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { queryAsMatlab, queryAsPython } from '../../../../shared/model/query-code.ts';
import { formatQuery } from '../../../../shared/model/query-format.ts';
import { formatQueryLink } from '../../../../shared/model/query-link.ts';
import type { Query } from '../../../../shared/model/query.ts';
import { showMessage } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import { readQueryText } from './operations.ts';
import classes from './query.module.css';
import type { QueryScope } from './query-scope.ts';
import { useKeptQueries } from './use-kept-queries.ts';

interface QueryMenuProps {
  readonly scope: QueryScope;
  readonly query: Query;
  readonly onChange: (query: Query) => void;
}

const FORMS: readonly { readonly title: string; readonly write: (query: Query) => string }[] = [
  { title: 'Copy as text', write: formatQuery },
  { title: 'Copy as JSON', write: (query) => JSON.stringify(query, null, 2) },
  { title: 'Copy as MATLAB', write: queryAsMatlab },
  { title: 'Copy as Python', write: queryAsPython },
];

/** Saved queries, the last ones, and the query in its other forms. */
export function QueryMenu({ scope, query, onChange }: QueryMenuProps) {
  const { saved, history, save, forget } = useKeptQueries(query);
  const clipboard = useClipboard();
  const [writing, { open, close }] = useDisclosure(false);
  const choose = (text: string) => {
    const read = readQueryText(text);
    if ('query' in read) onChange(read.query);
  };
  return (
    <>
      {/* It scrolls where much is saved: what scrolls must be reached by Tab too. */}
      <Menu position="bottom-end" width={320} menuItemTabIndex={0}>
        <Menu.Target>
          <Tooltip label={t('Saved queries, history, other forms')}>
            <ActionIcon aria-label={t('Saved queries, history, other forms')}>
              <IconBookmark size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          <Menu.Item onClick={open}>{t('Write the query as text…')}</Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={14} aria-hidden />}
            onClick={() => {
              clipboard.copy(formatQueryLink({ ...scope.request, query }));
              showMessage({ title: t('The link is copied. It can be pasted into this bar, or opened.') });
            }}
          >
            {t('Copy as link')}
          </Menu.Item>
          {FORMS.map(({ title, write }) => (
            <Menu.Item key={title} onClick={() => clipboard.copy(write(query))}>
              {t(title)}
            </Menu.Item>
          ))}
          {saved.length > 0 && <Menu.Label>{t('Saved')}</Menu.Label>}
          {saved.map(({ name, text }) => (
            <Menu.Item key={name} title={text} onClick={() => choose(text)}>
              {name}
            </Menu.Item>
          ))}
          {history.length > 0 && <Menu.Label>{t('Last used')}</Menu.Label>}
          {history.map((text) => (
            <Menu.Item key={text} title={text} onClick={() => choose(text)}>
              <span className={classes.past}>{text}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={writing}
        onClose={close}
        title={t('The query as text')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        {writing && (
          <QueryText
            query={query}
            saved={saved.map(({ name }) => name)}
            onForget={forget}
            onUse={(next, name) => {
              onChange(next);
              if (name !== '') save(name, next);
              close();
            }}
          />
        )}
      </Modal>
    </>
  );
}

interface QueryTextProps {
  readonly query: Query;
  readonly saved: readonly string[];
  readonly onUse: (query: Query, name: string) => void;
  readonly onForget: (name: string) => void;
}

/** The readable form: whatever the chips cannot say can be written, and a query can be given a name. */
function QueryText({ query, saved, onUse, onForget }: QueryTextProps) {
  const [text, setText] = useState(() => formatQuery(query));
  const [name, setName] = useState('');
  const read = readQueryText(text);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if ('query' in read) onUse(read.query, name.trim());
      }}
    >
      <Textarea
        label={t('Query')}
        description={t('For example: base.name contains "trial" and (isa(element) or not hasfield(element.direct))')}
        autosize
        minRows={3}
        data-autofocus
        classNames={{ input: classes.mono ?? '' }}
        value={text}
        error={'error' in read ? read.error : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        label={t('Save it under a name (optional)')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {saved.length > 0 && (
        <div className={classes.saved}>
          {saved.map((one) => (
            <Button key={one} size="compact-xs" variant="default" onClick={() => onForget(one)}>
              {t('Forget “{{name}}”', { name: one })}
            </Button>
          ))}
        </div>
      )}
      <div className={classes.formEnd}>
        <Button type="submit" disabled={'error' in read}>
          {t('Use')}
        </Button>
      </div>
    </form>
  );
}
