export { JobsPanel as default } from './jobs-panel.tsx';
