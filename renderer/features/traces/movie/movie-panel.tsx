import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { Movie } from '../../../../shared/contract/movies.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { runCommand } from '../../../state/commands.ts';
import { formatBytes, t } from '../../../texts/translate.ts';
import { writeDuration, parseTime } from '../model/typed-times.ts';
import { change, type TraceStore } from '../trace-store.ts';
import { TypedField } from '../typed-field.tsx';
import { MoviePlayer } from './movie-player.tsx';
import { useFrameChoices } from './use-movie-clock.ts';
import { useMovieAddress, useMovies } from './use-movies.ts';
import classes from './movie-panel.module.css';

/** The movie that was filmed meanwhile, in step with the crosshair. */
export function MoviePanel({ store }: { readonly store: TraceStore }) {
  const source = useStore(store, (state) => state.source);
  const movies = useMovies(source);
  return (
    <section className={classes.panel} aria-label={t('Movie')} data-testid="movie-panel">
      <header className={classes.head}>
        <h2 className={classes.title}>{t('Movie')}</h2>
        <Tooltip label={t('Close the movie')}>
          <ActionIcon aria-label={t('Close the movie')} onClick={() => runCommand('traces.movie')}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {movies.status === 'loading' && <LoadingState what={t('Looking for movies')} />}
      {movies.status === 'failed' && <ErrorState error={movies.error} onRetry={movies.reload} />}
      {movies.status === 'ready' && movies.value.length === 0 && (
        <>
          <EmptyState title={t('No movie lies beside this recording.')} />
          <p className={classes.hint}>
            {t('Put a movie (MP4, MOV, WebM, Ogg) into the folder of its files, then open this again.')}
          </p>
        </>
      )}
      {movies.status === 'ready' && movies.value.length > 0 && <Chosen store={store} movies={movies.value} />}
    </section>
  );
}

function Chosen({ store, movies }: { readonly store: TraceStore; readonly movies: readonly Movie[] }) {
  const source = useStore(store, (state) => state.source);
  const settings = useStore(store, (state) => state.settings.movie);
  const movie = movies.find(({ path }) => path === settings.path) ?? movies[0];
  const choices = useFrameChoices(store);
  const { answer, loadedBytes } = useMovieAddress(source, movie);
  const set = (changed: Partial<typeof settings>) => change(store, { movie: { ...settings, ...changed } });
  return (
    <>
      <div className={classes.controls}>
        {movies.length > 1 && (
          <NativeSelect
            aria-label={t('Which movie')}
            value={movie?.path ?? ''}
            data={movies.map(({ path, name }) => ({ value: path, label: name }))}
            onChange={(event) => set({ path: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          aria-label={t('How its time is known')}
          value={settings.frames}
          data={[
            { value: '', label: t('It starts at a time') },
            ...choices.map((choice) => ({
              value: choice,
              label: t('A frame at each event of {{choice}}', { choice }),
            })),
          ]}
          onChange={(event) => set({ frames: event.currentTarget.value })}
        />
        {settings.frames === '' && (
          <TypedField
            label={t('Start')}
            hint={t('Time of its first frame on the clock of the traces: 0, 1.25, −250 ms')}
            value={`${settings.startSec < 0 ? '−' : ''}${writeDuration(Math.abs(settings.startSec))}`}
            parse={parseTime}
            onValue={(startSec) => set({ startSec })}
          />
        )}
      </div>
      {answer.status === 'loading' && (
        <LoadingState
          what={t('{{loaded}} of {{size}}', {
            loaded: formatBytes(loadedBytes),
            size: formatBytes(movie?.sizeBytes ?? 0),
          })}
          onCancel={() => runCommand('traces.movie')}
        />
      )}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} />}
      {answer.status === 'ready' && answer.value !== null && (
        <MoviePlayer key={answer.value} store={store} address={answer.value} name={movie?.name ?? ''} />
      )}
    </>
  );
}
