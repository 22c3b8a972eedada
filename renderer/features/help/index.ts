export { ShortcutSheet as default } from './shortcut-sheet.tsx';
