import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

/** Documents that came from the cloud and could not be stored, each with its reason; nothing where there are none. */
export function QuarantineNote({ path }: { readonly path: string }) {
  const answer = useAnswer(`cloudSync.quarantine ${path}`, (signal) =>
    client.cloudSync.quarantine({ path }, { signal }),
  );
  if (answer.status !== 'ready' || answer.value.length === 0) return null;
  return (
    <details className={classes.quarantine}>
      <summary>
        {plural(
          answer.value.length,
          '{{count}} document in the cloud cannot be stored here; the rest arrived.',
          '{{count}} documents in the cloud cannot be stored here; the rest arrived.',
        )}
      </summary>
      <ul>
        {answer.value.map(({ cloudId, id, reason }) => (
          <li key={cloudId}>
            <code translate="no">{id || cloudId}</code> {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
