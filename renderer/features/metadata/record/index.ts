export { RecordPanel as default } from './record-panel.tsx';
