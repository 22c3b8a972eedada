export { GraphPanel as default } from './graph-panel.tsx';
