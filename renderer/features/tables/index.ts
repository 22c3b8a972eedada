export { TablesPanel as default } from './tables-panel.tsx';
