export { StartPage as default } from './start-page.tsx';
