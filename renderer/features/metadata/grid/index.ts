export { GridPanel as default } from './grid-panel.tsx';
