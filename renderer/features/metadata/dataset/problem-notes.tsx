import type { MetadataProblem } from '../../../../shared/model/dataset-metadata.ts';
import classes from '../metadata.module.css';

/** What is wrong with one field. */
export function ProblemNotes({ problems }: { readonly problems: readonly MetadataProblem[] }) {
  return problems.map((problem) => (
    <p key={problem.message} className={problem.grade === 'blocks' ? classes.blocks : classes.shouldFix}>
      {problem.message}
    </p>
  ));
}
