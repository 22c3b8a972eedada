import { join } from 'node:path';
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { z } from 'zod';

export const chooseSchema = z.object({
  title: z.string(),
  buttonLabel: z.string().optional(),
  startIn: z.string().optional(),
});
export const chooseSaveSchema = chooseSchema.extend({ suggestedName: z.string() });

type Choose = z.infer<typeof chooseSchema>;

/** Path of the folder or file that was chosen in the system's dialog; null when it was cancelled. */
export async function choose(
  window: BrowserWindow,
  what: 'openDirectory' | 'openFile',
  asked: Choose,
): Promise<string | null> {
  const properties: OpenDialogOptions['properties'] = ['dontAddToRecent', what];
  if (what === 'openDirectory') properties.push('createDirectory');
  const answer = await dialog.showOpenDialog(window, { ...common(asked), properties });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

export async function chooseSave(
  window: BrowserWindow,
  asked: z.infer<typeof chooseSaveSchema>,
): Promise<string | null> {
  const defaultPath = asked.startIn === undefined ? asked.suggestedName : join(asked.startIn, asked.suggestedName);
  const answer = await dialog.showSaveDialog(window, {
    ...common(asked),
    defaultPath,
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  });
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}

function common({ title, buttonLabel, startIn }: Choose) {
  return {
    title,
    // macOS shows no title on its dialogs, but a message.
    message: title,
    ...(buttonLabel === undefined ? {} : { buttonLabel }),
    ...(startIn === undefined ? {} : { defaultPath: startIn }),
  };
}
