export { DatasetPanel as default } from './dataset-panel.tsx';
