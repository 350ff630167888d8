import { render } from 'preact';
import { followLinks } from './app/address.ts';
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
