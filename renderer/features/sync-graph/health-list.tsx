import type { ClockFinding } from '../../../shared/contract/sync.ts';
import { GradeBadge } from '../../components/problems/grade-badge.tsx';
import { t } from '../../texts/translate.ts';
import { withShortEpochs } from './words.ts';
import classes from './sync-graph.module.css';

interface HealthListProps {
  readonly findings: readonly ClockFinding[];
  /** Goes to what the finding is about. */
  readonly onShow: (finding: ClockFinding) => void;
}

/** What keeps times from being converted, or makes them doubtful; each entry leads to its place in the graph. */
export function HealthList({ findings, onShow }: HealthListProps) {
  return (
    <section className={classes.health} aria-label={t('Health of the clocks')}>
      <h2>{t('Health of the clocks')}</h2>
      {findings.length === 0 ? (
        <p className={classes.quiet}>{t('Nothing is doubtful about these clocks.')}</p>
      ) : (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.message}`}>
              <button type="button" className={classes.finding} onClick={() => onShow(finding)}>
                <GradeBadge grade={finding.grade} />
                <span title={finding.message}>{withShortEpochs(finding.message)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
