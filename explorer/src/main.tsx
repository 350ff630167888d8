import { render } from 'preact';
import { askSequence } from './api/sequence.ts';
import { followLinks } from './app/address.ts';
import { isEmbedded } from './app/paths.ts';
import { openSourcesInPrint } from './app/print.ts';
import { restoreScroll } from './app/scroll.ts';
import { Shell } from './app/shell.tsx';
import './app/style/base.css';
import './app/style/parts.css';
import './app/style/shell.css';
import './app/style/print.css';
import { applyTheme } from './app/theme.ts';

const root = document.getElementById('app')!;
applyTheme();
followLinks(root);
restoreScroll();
openSourcesInPrint();
// In somebody else's page it has many readers: it stays as it was when it was opened.
const isListening = !isEmbedded(location.pathname);
// Before anything else is asked: what changes after it is not yet on the page.
const sequence = isListening ? askSequence() : null;
render(<Shell />, root);
// After the page.
if (sequence) void import('./api/live.ts').then(({ startListening }) => startListening(sequence));
