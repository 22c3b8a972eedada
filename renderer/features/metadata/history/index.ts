export { HistoryPanel as default } from './history-panel.tsx';
