export { TimelinePanel as default } from './timeline-panel.tsx';
