export { ImportPanel as default } from './import-panel.tsx';
