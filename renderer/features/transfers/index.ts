export { TransfersPanel as default } from './transfers-panel.tsx';
