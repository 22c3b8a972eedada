import { NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import type { OntologyTerm } from '../../../../shared/contract/ontology.ts';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import type { BiologicalSex, DescribedSubject } from '../../../../shared/contract/subjects.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { ModalForm } from '../../../components/modal-form.tsx';
import { TermField } from '../../../components/ontology/term-field.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import classes from './subjects.module.css';

interface DescribeSubjectProps {
  readonly place: Place;
  readonly subjects: SessionInfo['subjects'];
  readonly onClose: () => void;
}

/** Chooses a subject and says what it is; stored as openMINDS documents, in one step that can be undone. */
export function DescribeSubject({ place, subjects, onClose }: DescribeSubjectProps) {
  const [subject, setSubject] = useState(subjects[0]?.id ?? '');
  const answer = useAnswer(JSON.stringify([place, subject]), (signal) =>
    client.subjects.describe({ ...place, subject }, { signal }),
  );
  return (
    <div className={classes.form}>
      <NativeSelect
        label={t('Subject')}
        value={subject}
        data={subjects.map(({ id, localIdentifier }) => ({ value: id, label: localIdentifier }))}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      {answer.status === 'loading' && <LoadingState lines={3} />}
      {answer.status === 'failed' && <ErrorState inline error={answer.error} onRetry={answer.reload} />}
      {answer.status === 'ready' && <Terms key={subject} place={place} described={answer.value} onClose={onClose} />}
    </div>
  );
}

interface Chosen {
  readonly term: string;
  /** Empty: it is looked up. */
  readonly name: string;
}

interface TermsProps {
  readonly place: Place;
  readonly described: DescribedSubject;
  readonly onClose: () => void;
}

const SEXES: readonly { readonly value: BiologicalSex; readonly label: string }[] = [
  { value: 'male', label: 'male' },
  { value: 'female', label: 'female' },
  { value: 'hermaphrodite', label: 'hermaphrodite' },
  { value: 'notDetectable', label: 'not detectable' },
];

function Terms({ place, described, onClose }: TermsProps) {
  const [species, setSpecies] = useState<Chosen>(described.species);
  const [strain, setStrain] = useState<Chosen>(described.strain);
  const [sex, setSex] = useState<BiologicalSex | ''>(sexOf(described.sex.name));
  const store = async () => {
    const given = ({ term, name }: Chosen) => (term === '' ? null : { term, ...(name === '' ? {} : { name }) });
    await client.subjects.set({
      ...place,
      subject: described.id,
      species: given(species),
      strain: given(strain),
      sex: sex === '' ? null : sex,
    });
    onClose();
    showMessage({
      tone: 'success',
      title: t('{{subject}} is described.', { subject: described.localIdentifier }),
      actions: [undoAction(place.path)],
    });
  };
  return (
    <ModalForm agree={t('Store')} ready={strain.term === '' || species.term !== ''} onSubmit={store} onClose={onClose}>
      <TermRow label={t('Species')} value={species} onChange={setSpecies} />
      <TermRow label={t('Strain')} value={strain} onChange={setStrain} />
      <NativeSelect
        label={t('Sex')}
        value={sex}
        data={[{ value: '', label: t('not known') }, ...SEXES.map(({ value, label }) => ({ value, label: t(label) }))]}
        onChange={(event) => setSex(sexOf(event.currentTarget.value))}
      />
      <p className={classes.quiet}>
        {t('A strain needs a species. Terms are kept as openMINDS documents of the subject.')}
      </p>
    </ModalForm>
  );
}

function sexOf(name: string): BiologicalSex | '' {
  return SEXES.find(({ value }) => value === name)?.value ?? '';
}

interface TermRowProps {
  readonly label: string;
  readonly value: Chosen;
  readonly onChange: (value: Chosen) => void;
}

function TermRow({ label, value, onChange }: TermRowProps) {
  const id = useId();
  const typed = (term: string, picked: OntologyTerm | null) => {
    if (picked !== null) onChange({ term: picked.curie, name: picked.name });
    else if (term !== value.term) onChange({ term: term.trim(), name: '' });
  };
  return (
    <div>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <TermField
        id={id}
        value={value.term}
        list={false}
        invalid={false}
        describedBy={undefined}
        onType={(term) => typed(term, null)}
        onDone={typed}
      />
    </div>
  );
}
