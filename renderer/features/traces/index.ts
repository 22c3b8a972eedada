// Replaced by the feature's own panel.
import { createElement } from 'react';
export default function Panel({ params }: { params: object }) {
  return createElement('pre', null, JSON.stringify(params));
}
