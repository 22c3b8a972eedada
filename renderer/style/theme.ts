import {
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** The one accent; shades 7 and 4 are `--ndi-accent` of the light and the dark scheme. */
const accent: MantineColorsTuple = [
  '#eaf3fb',
  '#d3e6f6',
  '#a9cfee',
  '#8cc1f0',
  '#6cb2f2',
  '#3f90d6',
  '#2178c0',
  '#0b62a8',
  '#08508a',
  '#063d6a',
];

/** Mantine's greys of the dark scheme, in the tone of our dark tokens: text, quiet text, lines, surfaces. */
const dark: MantineColorsTuple = [
  '#e6e9ed',
  '#c9d0d8',
  '#a6afba',
  '#8b95a1',
  '#4a525d',
  '#333a44',
  '#242931',
  '#1c2026',
  '#15181c',
  '#0f1114',
];

/** What stands on the accent takes its colour from our tokens: Mantine would choose it for the light scheme only. */
const readableOnAccent: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' && input.color === 'accent'
    ? { ...colors, color: 'var(--ndi-accent-text)' }
    : colors;
};

/** Mantine's controls in our density: 13 px text, 28 px controls on a 4 px grid. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: { accent, dark },
  autoContrast: true,
  variantColorResolver: readableOnAccent,
  fontFamily: 'var(--ndi-font)',
  fontFamilyMonospace: 'var(--ndi-font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.125rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '0.125rem', sm: '0.25rem', md: '0.25rem', lg: '0.375rem', xl: '0.5rem' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.5' },
    },
  },
  focusRing: 'auto',
  // By name, not by `extend` of the component: the theme would otherwise bring all of them into the first chunk.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'gray' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    Button: {
      defaultProps: { size: 'compact-sm' },
      styles: { root: { minHeight: '1.75rem', fontWeight: 500 } },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
    // Mantine puts an empty part that takes the focus before the items, which a menu may not own (ARIA): an opened menu
    // focuses its first item instead.
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Lets Mantine's own colours follow our tokens, so that there is one set for everything. */
export const tokensAsMantineVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--ndi-surface)',
    '--mantine-color-text': 'var(--ndi-text)',
    '--mantine-color-dimmed': 'var(--ndi-text-quiet)',
    '--mantine-color-placeholder': 'var(--ndi-text-quiet)',
    '--mantine-color-anchor': 'var(--ndi-accent)',
    '--mantine-color-default': 'var(--ndi-surface-raised)',
    '--mantine-color-default-hover': 'var(--ndi-hover)',
    '--mantine-color-default-color': 'var(--ndi-text)',
    '--mantine-color-default-border': 'var(--ndi-line-strong)',
    '--mantine-color-error': 'var(--ndi-bad)',
    '--mantine-color-gray-light-color': 'var(--ndi-text)',
  };
  return { variables: {}, light: shared, dark: shared };
};

/** Keeps the chosen scheme where `public/color-scheme.js` reads it before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'ndi-color-scheme' });
