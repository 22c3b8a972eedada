import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { DocumentForm } from '../../../../shared/contract/forms.ts';
import type { OntologyTerm } from '../../../../shared/contract/ontology.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { basename } from '../../../state/paths.ts';
import { t } from '../../../texts/translate.ts';
import { DocumentPicker } from '../fields/document-picker.tsx';
import { FieldInput, type Note } from '../fields/field-input.tsx';
import { dependencyLabel, labelOf } from '../fields/words.ts';
import classes from '../metadata.module.css';
import { entriesOfSet, nextOfSet, WRITTEN_BASE } from './record-model.ts';

/** What the form shows, and what happens when somebody changes it: a draft or a stored document stands behind it. */
export interface RecordBinding {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly form: DocumentForm;
  text(path: string): string;
  notes(path: string): readonly Note[];
  unstored(path: string): boolean;
  type(path: string, text: string): void;
  done(path: string, text: string, picked: OntologyTerm | null): void;
  readonly dependencies: readonly { readonly name: string; readonly value: string }[];
  setDependency(name: string, value: string): void;
  removeFromSet(set: string, at: number): void;
  readonly files: readonly { readonly name: string; readonly location: string }[];
  addFile(name: string, location: string): void;
  removeFile(name: string): void;
}

/** All of a document that people write: its fields by property list, what it depends on, its files. */
export function FormBody({ binding }: { readonly binding: RecordBinding }) {
  const { form } = binding;
  return (
    <>
      {form.groups.map((group) => {
        const fields = group.fields.filter((field) => group.name !== 'base' || WRITTEN_BASE.includes(field.path));
        if (fields.length === 0) return null;
        return (
          <section key={group.name} className={classes.group} aria-label={labelOf(group.name)}>
            <h3>{group.name === 'base' ? t('Name') : labelOf(group.name)}</h3>
            {fields.map((field) => (
              <FieldInput
                key={field.path}
                field={field}
                text={binding.text(field.path)}
                notes={binding.notes(field.path)}
                unstored={binding.unstored(field.path)}
                onType={(text) => binding.type(field.path, text)}
                onDone={(text, picked) => binding.done(field.path, text, picked)}
              />
            ))}
            <Notes notes={binding.notes(group.name)} />
          </section>
        );
      })}
      {form.dependencies.length > 0 && (
        <section className={classes.group} aria-label={t('Depends on')}>
          <h3>{t('Depends on')}</h3>
          {form.dependencies.map((dependency) =>
            dependency.many ? (
              <DependencySet key={dependency.name} binding={binding} dependency={dependency} />
            ) : (
              <DependencyRow
                key={dependency.name}
                binding={binding}
                name={dependency.name}
                documentClass={dependency.class}
                required={dependency.required}
              />
            ),
          )}
        </section>
      )}
      {form.files.length > 0 && <Files binding={binding} />}
    </>
  );
}

function Notes({ notes }: { readonly notes: readonly Note[] }) {
  return notes.map((note) => (
    <p key={note.message} className={note.grade === 'blocks' ? classes.blocks : classes.shouldFix}>
      {note.message}
    </p>
  ));
}

interface DependencyRowProps {
  readonly binding: RecordBinding;
  readonly name: string;
  readonly documentClass: string | null;
  readonly required: boolean;
  readonly onRemove?: () => void;
}

function DependencyRow({ binding, name, documentClass, required, onRemove }: DependencyRowProps) {
  const field = `depends_on.${name}`;
  const notes = binding.notes(field);
  const id = `dependency-${name}`;
  const kind =
    documentClass === null ? t('any document') : t('a document of class {{class}}', { class: documentClass });
  return (
    <div className={classes.fieldRow} data-field={field}>
      <label htmlFor={id} className={classes.label}>
        {dependencyLabel(name)}
        <span className={classes.exact} translate="no">
          {name}
        </span>
      </label>
      <div className={classes.control}>
        <div className={classes.withButton}>
          <DocumentPicker
            id={id}
            label={dependencyLabel(name)}
            path={binding.path}
            sessionId={binding.sessionId}
            documentClass={documentClass}
            value={binding.dependencies.find((one) => one.name === name)?.value ?? ''}
            invalid={notes.some((note) => note.grade === 'blocks')}
            describedBy={`${id}-help`}
            onPick={(value) => binding.setDependency(name, value)}
          />
          {onRemove !== undefined && (
            <Tooltip label={t('Take it out of the set')}>
              <ActionIcon aria-label={t('Take {{name}} out of the set', { name })} onClick={onRemove}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        <div id={`${id}-help`} className={classes.help}>
          <Notes notes={notes} />
          <p>{required ? t('{{kind}}; it must be chosen', { kind }) : kind}</p>
        </div>
      </div>
    </div>
  );
}

function DependencySet({
  binding,
  dependency,
}: {
  readonly binding: RecordBinding;
  readonly dependency: DocumentForm['dependencies'][number];
}) {
  const { name, class: documentClass, required } = dependency;
  const entries = entriesOfSet(binding.dependencies, name).filter((one) => one.name !== name || one.value !== '');
  return (
    <>
      {entries.map((entry, at) => (
        <DependencyRow
          key={entry.name}
          binding={binding}
          name={entry.name}
          documentClass={documentClass}
          required={required}
          onRemove={() => binding.removeFromSet(name, at)}
        />
      ))}
      <div data-field={`depends_on.${name}`}>
        <Notes notes={binding.notes(`depends_on.${name}`)} />
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => binding.setDependency(nextOfSet(binding.dependencies, name), '')}
        >
          {t('Add to {{set}}', { set: dependencyLabel(name) })}
        </Button>
      </div>
    </>
  );
}

function Files({ binding }: { readonly binding: RecordBinding }) {
  const attach = async (pattern: string) => {
    const location = await choosePath({ kind: 'file', title: t('Attach a file'), confirm: t('Attach') });
    if (location === null) return;
    binding.addFile(pattern.endsWith('#') ? nextNumbered(binding.files, pattern) : pattern, location);
  };
  return (
    <section className={classes.group} aria-label={t('Files')}>
      <h3>{t('Files')}</h3>
      {binding.form.files.map(({ name, required }) => {
        const attached = binding.files.filter((file) => fits(file.name, name));
        return (
          <div key={name} className={classes.fieldRow} data-field={`files.${name}`}>
            <span className={classes.label} translate="no">
              {name}
            </span>
            <div className={classes.control}>
              {attached.map((file) => (
                <div key={file.name} className={classes.withButton}>
                  <span className={classes.fileName} translate="no" title={file.location}>
                    {file.name}: {basename(file.location)}
                  </span>
                  <Tooltip label={t('Take the file off')}>
                    <ActionIcon
                      aria-label={t('Take {{file}} off', { file: file.name })}
                      onClick={() => binding.removeFile(file.name)}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </div>
              ))}
              {(attached.length === 0 || name.endsWith('#')) && (
                <Button variant="default" onClick={() => void attach(name)}>
                  {t('Attach a file…')}
                </Button>
              )}
              <div className={classes.help}>
                <Notes notes={binding.notes(`files.${name}`)} />
                <p>
                  {required ? t('Belongs to every document of this class. ') : ''}
                  {t('It is copied into the session; the original stays where it is.')}
                </p>
              </div>
            </div>
          </div>
        );
      })}
    </section>
  );
}

/** `x_#` stands for `x_1`, `x_2` … */
function fits(name: string, pattern: string): boolean {
  if (!pattern.endsWith('#')) return name === pattern;
  return name.startsWith(pattern.slice(0, -1)) && /^\d+$/.test(name.slice(pattern.length - 1));
}

function nextNumbered(files: readonly { readonly name: string }[], pattern: string): string {
  const stem = pattern.slice(0, -1);
  const numbers = files.filter((file) => fits(file.name, pattern)).map((file) => Number(file.name.slice(stem.length)));
  return `${stem}${Math.max(0, ...numbers) + 1}`;
}
