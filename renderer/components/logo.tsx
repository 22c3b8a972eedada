/** The application's sign: a trace with one spike. The same drawing as `public/logo.svg`. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#0b62a8" />
      <path
        d="M4 17h5l1.6-3 2.4 11 4-19 3.2 15 1.8-4H28"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
