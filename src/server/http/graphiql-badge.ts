/** The name under which a page stores its path in the browser, for the sign-in link to lead back to it; the explorer does too. */
export const RETURN_PATH = 'grappe-return';

/**
 * Shows the current author in GraphiQL, as the server identifies this browser: it queries `viewer` like any client, and
 * again when the page is returned to, since another tab may have signed the browser in.
 */
const SCRIPT = `
const badge = document.querySelector('#grappe-who');
const show = (text) => { badge.textContent = text; badge.hidden = false; };
const askWho = async () => {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ query: 'query Viewer { viewer { name role } }' });
  const answer = await (await fetch(location.pathname, { method: 'POST', headers, body })).json();
  const { name = null, role } = answer.data?.viewer ?? {};
  if (name !== null) show('This browser is ' + role + ' (' + name + ')');
  else if (role !== undefined) show('This browser is a ' + role + ': ' + badge.dataset.remedy);
  else show('This browser may not read: ' + badge.dataset.remedy);
};
const who = () => askWho().catch(() => { badge.hidden = true; });
addEventListener('focus', who);
localStorage.setItem('${RETURN_PATH}', location.pathname);
who();
`;

const STYLE = `
#grappe-who { position: fixed; bottom: 0; right: 0; z-index: 1; padding: .125rem .5rem; border-top-left-radius: .25rem;
  font: 12px/1.5 system-ui, sans-serif; background: light-dark(#eef1f5, #212a3b); color: light-dark(#3b4b68, #b7c2d7) }`;

/** The badge as HTML, with what somebody does who wants to do more; the remedy is a text of ours, without quotes. */
export function badge(remedy: string): string {
  return `<style>${STYLE}</style><div id="grappe-who" role="status" hidden data-remedy="${remedy}"></div><script type="module">${SCRIPT}</script>`;
}
