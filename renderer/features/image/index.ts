export { ImagePanel as default } from './image-panel.tsx';
