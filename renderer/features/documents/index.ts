export { DocumentsPanel as default } from './documents-panel.tsx';
