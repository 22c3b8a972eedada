import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Each has types of its own; what lies beside them is of the privileged side. */
const parts = ['shared', 'electron', 'renderer', 'e2e'];
const typesOf = (part) => ({
  parserOptions: { project: `${part}/tsconfig.json`, tsconfigRootDir: import.meta.dirname },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test-results/', 'playwright-report/', 'electron/signal/kernels/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: typesOf('electron'),
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  // One by one: all of them together would take gigabytes more than a small machine has.
  ...parts.map((part) => ({ files: [`${part}/**/*.{ts,tsx}`], languageOptions: typesOf(part) })),
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    // It tells what the React Compiler passes over; we build without it.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  { files: ['renderer/public/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  { files: ['build/**/*.{mjs,cjs}', '*.js'], languageOptions: { globals: globals.node } },
);
