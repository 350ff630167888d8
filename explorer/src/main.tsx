import { render } from 'preact';
import { followLinks } from './app/address.ts';
import { isEmbedded } from './app/paths.ts';
import { openSourcesInPrint } from './app/print.ts';
import { Shell } from './app/shell.tsx';
import './app/style/base.css';
import './app/style/parts.css';
import './app/style/shell.css';
import './app/style/print.css';
import { applyTheme } from './app/theme.ts';

const root = document.getElementById('app')!;
applyTheme();
followLinks(root);
openSourcesInPrint();
render(<Shell />, root);
// After the page. What is in somebody else's page has many readers: it stays as it was when it was opened.
if (!isEmbedded(location.pathname)) void import('./api/live.ts').then(({ startListening }) => startListening());
