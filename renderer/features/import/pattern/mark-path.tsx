import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { inferPattern, type PathMark } from '../../../../shared/model/import-pattern/infer.ts';
import { formatPattern, patternFields, type PatternField } from '../../../../shared/model/import-pattern/pattern.ts';
import { showError } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './pattern.module.css';
import { fieldTitle } from './field-title.ts';

/** An example path and what was marked in it. */
export interface MarkedPath {
  readonly path: string;
  readonly marks: readonly PathMark[];
}

interface MarkPathProps {
  readonly paths: readonly string[];
  readonly marked: MarkedPath;
  readonly onExample: (path: string) => void;
  readonly onPattern: (pattern: string, marked: MarkedPath) => void;
}

/** Paths that can be chosen as the example: more would only make the list long. */
const MOST_EXAMPLES = 200;

/** One path in which a part is selected, by mouse or with Shift and the arrows, and named. */
export function MarkPath({ paths, marked, onExample, onPattern }: MarkPathProps) {
  const input = useRef<HTMLInputElement>(null);
  const mark = (field: PatternField) => {
    const [from, to] = [input.current?.selectionStart ?? 0, input.current?.selectionEnd ?? 0];
    // What is marked anew takes the place of what it overlaps, and of the old mark of the same kind.
    const others = marked.marks.filter((one) => one.field !== field && (one.to <= from || one.from >= to));
    try {
      const next = { path: marked.path, marks: [...others, { field, from, to }] };
      onPattern(formatPattern(inferPattern(next.path, next.marks)), next);
    } catch (thrown) {
      showError(thrown);
    }
    input.current?.focus();
    input.current?.setSelectionRange(from, to);
  };
  return (
    <>
      <NativeSelect
        label={t('An example')}
        value={marked.path}
        data={[...new Set([marked.path, ...paths.slice(0, MOST_EXAMPLES)])]}
        onChange={(event) => onExample(event.currentTarget.value)}
      />
      <TextInput
        ref={input}
        label={t('Select a part of this path, then say what it is')}
        value={marked.path}
        readOnly
        classNames={{ input: classes.mono ?? '' }}
      />
      <div className={shared.buttons} role="group" aria-label={t('The selected part is')}>
        {patternFields.map((field) => (
          <Button
            key={field}
            variant="default"
            size="compact-sm"
            // The selection must stay while the button is pressed.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mark(field)}
          >
            {fieldTitle(field)}
          </Button>
        ))}
      </div>
    </>
  );
}
