import { Switch } from '@mantine/core';
import {
  IconContrast,
  IconFileTypeCsv,
  IconPhotoDown,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconTable,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import type { ImageFrame } from '../../../shared/model/image-frame.ts';
import { autoContrast, type ColorMap, colorMaps, type Contrast, histogramOf } from '../../../shared/model/contrast.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { ProblemList } from '../../components/problems/problem-list.tsx';
import { fileNameOf, saveFile } from '../../components/save-file.ts';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { useViewState } from '../../state/cache/use-view-state.ts';
import { useCommand } from '../../state/commands.ts';
import { showError } from '../../state/messages.ts';
import { formatBytes, formatNumber, t } from '../../texts/translate.ts';
import { AxisSliders } from './axis-sliders.tsx';
import { ContrastBox } from './contrast-box.tsx';
import { csvOf, pixelsOf, pngOf } from './draw-frame.ts';
import { FrameLink } from './frame-link.tsx';
import { FrameCanvas } from './frame-canvas.tsx';
import { colourPixels, useColour } from './use-colour.ts';
import { useFrame } from './use-frame.ts';
import { usePlaying, useViewer } from './use-viewer.ts';
import { ValuesAround } from './values-around.tsx';
import { type Pixel, pixelWords, placeWords, secondsWords } from './words.ts';
import classes from './image.module.css';

const BINS = 64;
const NO_CONTRAST: Contrast = { low: 0, high: 1 };

interface FrameViewerProps {
  readonly source: ImageSource;
  readonly info: ImageInfo;
}

/** Frames one by one: which, how bright, what their pixels hold. */
export function FrameViewer({ source, info }: FrameViewerProps) {
  const [map, setMap] = useViewState<ColorMap>('image:colors', 1, 'gray', (kept) =>
    colorMaps.find((one) => one === kept),
  );
  const [fixed, setFixed] = useState<Contrast | null>(null);
  const [isTable, setTable] = useState(false);
  const [pointed, setPointed] = useState<Pixel | null>(null);
  const viewer = useViewer(info);
  const answer = useFrame(source, info, viewer.at, viewer.next);
  const frame = answer.status === 'ready' ? answer.value : null;
  usePlaying(viewer, answer.status === 'ready' && !answer.stale ? answer.value : null);
  const colour = useColour(source, info, viewer.at);
  const { parts } = colour;
  // A picture in its own colours has no contrast to be found.
  const plain = parts === null ? frame : null;
  const histogram = useMemo(() => (plain === null ? null : histogramOf(plain.values, BINS)), [plain]);
  const auto = useMemo(() => (plain === null ? null : autoContrast(plain.values)), [plain]);
  const contrast = fixed ?? auto ?? NO_CONTRAST;
  const image = useMemo(() => {
    if (parts !== null) return colourPixels(parts);
    return plain === null ? null : pixelsOf(plain, contrast, map);
  }, [parts, plain, contrast, map]);
  useCommand('image.auto', () => setFixed(null));
  useCommand('image.table', () => setTable(!isTable));
  const stem = fileNameOf(
    [info.name, ...info.axes.map(({ letter }) => `${letter}${(viewer.at[letter] ?? 0) + 1}`)].join('_'),
  );
  useCommand('image.savePicture', () => {
    if (image === null) return;
    void pngOf(image)
      .then((file) => file !== null && saveFile(file, `${stem}.png`))
      .catch(showError);
  });
  useCommand('image.saveValues', () => {
    if (frame !== null) saveFile(new Blob([csvOf(frame)], { type: 'text/csv' }), `${stem}.csv`);
  });
  const pixel = pointed ?? viewer.pixel;
  const { device, epoch } = source;
  const inEpoch = device === undefined || epoch === undefined ? null : { ...source, device, epoch };
  return (
    <>
      <Toolbar label={t('Frames')}>
        <CommandButton command="image.first" icon={<IconPlayerSkipBack size={16} />} />
        <CommandButton command="image.previous" icon={<IconPlayerTrackPrev size={16} />} />
        <CommandButton
          command="image.play"
          icon={viewer.playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        />
        <CommandButton command="image.next" icon={<IconPlayerTrackNext size={16} />} />
        <CommandButton command="image.last" icon={<IconPlayerSkipForward size={16} />} />
        <ToolbarSpace />
        <CommandButton command="image.auto" icon={<IconContrast size={16} />} />
        <CommandButton command="image.table" icon={<IconTable size={16} />} />
        <CommandButton command="image.savePicture" icon={<IconPhotoDown size={16} />} />
        <CommandButton command="image.saveValues" icon={<IconFileTypeCsv size={16} />} />
      </Toolbar>
      {inEpoch !== null && (
        <FrameLink source={inEpoch} info={info} index={viewer.at['T'] ?? 0} onFrame={(to) => viewer.place('T', to)} />
      )}
      <div className={classes.body}>
        <div className={classes.left}>
          {answer.status === 'loading' && <LoadingState what={t('Reading the frame…')} lines={6} />}
          {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} />}
          {frame !== null && image !== null && (
            <FrameCanvas
              image={image}
              step={frame.header.step}
              words={[info.name, placeWords(info, viewer.at)].filter(Boolean).join(', ')}
              pixel={viewer.pixel}
              onPoint={setPointed}
            />
          )}
          <p className={classes.hint} data-testid="image-readout" aria-live="polite">
            {frame !== null && pixel !== null ? pixelWords(info, toldFrames(frame, parts), pixel) : describe(info)}
            {frame !== null &&
              frame.header.timeSec !== null &&
              pixel === null &&
              ` · ${secondsWords(frame.header.timeSec)}`}
            {frame !== null &&
              frame.header.step > 1 &&
              ` · ${t('every {{n}}th pixel', { n: formatNumber(frame.header.step) })}`}
          </p>
          <AxisSliders
            axes={colour.isOn ? info.axes.filter((axis) => axis !== colour.axis) : info.axes}
            at={viewer.at}
            onPlace={viewer.place}
          />
        </div>
        <aside className={classes.side}>
          {colour.axis !== null && (
            <Switch
              label={t('In its own colours')}
              checked={colour.isOn}
              onChange={(event) => colour.setOn(event.currentTarget.checked)}
            />
          )}
          {!colour.isOn && (
            <ContrastBox
              histogram={histogram}
              contrast={contrast}
              isAuto={fixed === null}
              map={map}
              onContrast={setFixed}
              onMap={setMap}
            />
          )}
          {isTable && frame !== null && <ValuesAround info={info} frame={frame} pixel={pixel} />}
          <ProblemList problems={info.problems} />
        </aside>
      </div>
    </>
  );
}

/** Whose values are told of a pixel: of all colours, where they are shown together. */
function toldFrames(frame: ImageFrame, parts: readonly ImageFrame[] | null): [ImageFrame, ...ImageFrame[]] {
  const [first = frame, ...others] = parts ?? [frame];
  return [first, ...others];
}

function describe(info: ImageInfo): string {
  const size = `${formatNumber(info.x.size)} × ${formatNumber(info.y.size)}`;
  return [info.format, info.dataType, t('{{size}} pixels', { size }), formatBytes(info.sizeBytes)].join(' · ');
}
