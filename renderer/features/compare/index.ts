export { ComparePanel as default } from './compare-panel.tsx';
