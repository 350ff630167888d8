import { expect, it } from 'vitest';
import { type Reader, reader, signIn } from './explorer.ts';

/** A record, a part of the page and a form by their names. */
const parts = ({ page }: Reader) => ({
  history: page.getByRole('region', { name: /^(?:Changes of the record|Modifications de la fiche)/ }),
  form: (name: string) => page.getByRole('form', { name }),
});

/** Chooses a record by its name, by the keyboard. */
async function choose({ page }: Reader, form: string, label: string, typed: string, name: RegExp): Promise<void> {
  await page.getByRole('form', { name: form }).getByRole('combobox', { name: label }).fill(typed);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Sends a mutation with the session of the page; the text of the answer. */
const write = ({ page }: Reader, query: string): Promise<string> =>
  page.evaluate(async (text) => {
    const body = JSON.stringify({ query: text });
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/graphql', { method: 'POST', headers, body })).text();
  }, query);

/** What depends on how the engine records and announces changes: on every engine. */
export function changeTests(): void {
  it('corrects a field, with the problems of the server beside it, and takes it back by the history', async () => {
    const editor = await reader();
    const { page, open, accessible, close } = editor;
    const { history, form } = parts(editor);
    await open('/organisation/airbus?asOf=2020');
    await page.getByRole('heading', { name: 'Airbus', level: 1 }).waitFor();
    const record = '{ organisation(id: "organisation/airbus") { website sources { id } claims { id preferred } } }';
    const dataOf = async () => JSON.parse(await write(editor, record)).data;
    const before = await dataOf();
    // The link of the terminal leads back to the page that was open.
    await page.goto(signIn());
    await page.waitForURL(/\/organisation\/airbus\?asOf=2020$/);
    await page.getByRole('link', { name: 'Modifier', exact: true }).click();
    const correct = form('Corriger des champs');
    await correct.getByLabel('Nom').fill('');
    await correct.getByLabel('Source', { exact: true }).selectOption({ index: 2 });
    await correct.getByRole('button', { name: 'Enregistrer' }).click();
    await correct.getByText('Ce champ ne peut pas rester vide.').waitFor();
    expect(await correct.getByLabel('Nom').getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await correct.getByLabel('Nom').fill('Airbus');
    await correct.getByLabel('Site web').fill('https://www.airbus.example/en');
    await correct.getByRole('button', { name: 'Enregistrer' }).click();
    await correct.getByText('Enregistré.').waitFor();
    await page.getByRole('link', { name: 'Retour à la fiche' }).click();
    await page.getByRole('link', { name: 'airbus.example' }).first().waitFor();
    await history.getByText('Organisation corrigée').waitFor();
    await history.getByRole('button', { name: 'Annuler' }).first().click();
    await history.getByText('Annulé.').waitFor();
    const summary = page.getByRole('region', { name: 'En bref' });
    await expect.poll(() => summary.getByRole('link', { name: 'airbus.example' }).count(), { timeout: 20_000 }).toBe(0);
    // The source of the correction is gone, too.
    expect(await dataOf()).toEqual(before);
    // A source has its history on its page, too, and is put right from there.
    await write(
      editor,
      'mutation { sourceUpdate(id: "source/agoravox-2016", input: { title: "Agora" }) { problems { code } } }',
    );
    await page.goto(`${new URL(page.url()).origin}/source/agoravox-2016`);
    await page.getByRole('heading', { name: 'Agora', level: 1 }).waitFor();
    await history.getByText(/^Import de sources\.csv/).waitFor();
    await accessible();
    await history.getByRole('button', { name: 'Annuler' }).click();
    await page.getByRole('heading', { name: 'Agora', level: 1, exact: true }).waitFor({ state: 'detached' });
    await history.getByText('Modification annulée').waitFor();
    // The start page says what was changed of late, without what was imported.
    await page.goto(new URL(page.url()).origin);
    const edits = page.getByRole('region', { name: /^Modifié récemment/ }).getByRole('listitem');
    await edits
      .filter({ hasText: 'Modification annulée' })
      .getByRole('link', { name: /^Clusters et Pôles/ })
      .first()
      .waitFor();
    expect(await edits.filter({ hasText: 'Import' }).count()).toBe(0);
    await accessible();
    await close();
  });

  it('shows in another window what an editor records: joined, left, partnered, and taken back', async () => {
    const editor = await reader({ locale: 'en-GB' });
    const watcher = await reader();
    const { page, open, accessible } = editor;
    const { history, form } = parts(editor);
    await watcher.open('/cluster/mecanic-vallee');
    const members = watcher.page.getByRole('region', { name: /^Membres/ });
    await members.waitFor();
    const listening = watcher.page.waitForRequest((request) => request.headers().accept === 'text/event-stream');
    await page.goto(signIn());
    await page.waitForURL(/\/$/);
    await listening;
    const source = async (name: string): Promise<void> =>
      void (await form(name).getByLabel('Source', { exact: true }).selectOption({ index: 2 }));
    await open('/edit?id=cluster/mecanic-vallee');
    await form('Record who joined').waitFor();
    await choose(editor, 'Record who joined', 'New member', 'Airbus', /^Airbus\b/);
    await form('Record who joined').getByLabel('Beginning').fill('2021');
    await source('Record who joined');
    await form('Record who joined').getByRole('button', { name: 'Save' }).click();
    await form('Record who joined').getByText('Saved.').waitFor();
    // Of a window without a token: it shows the new member, and says who recorded it.
    await watcher.page.getByText(/local a modifié à \d\d:\d\d ce que cette page montre/).waitFor();
    await parts(watcher).history.getByText('Adhésion enregistrée').waitFor();
    await watcher.accessible();
    // The same again is a problem, beside who joined.
    await choose(editor, 'Record who joined', 'New member', 'Airbus', /^Airbus\b/);
    await form('Record who joined').getByRole('button', { name: 'Save' }).click();
    await form('Record who joined').getByText('This membership already exists').waitFor();
    await accessible();
    const membership = form('Record who left').getByLabel('Membership');
    const option = membership.locator('option', { hasText: /^Airbus \(/ });
    await membership.selectOption({ label: (await option.first().textContent())! });
    await form('Record who left').getByLabel('End').fill('2023');
    await source('Record who left');
    await form('Record who left').getByRole('button', { name: 'Save' }).click();
    await form('Record who left').getByText('Saved.').waitFor();
    await choose(editor, 'Record a partnership', 'Partner', 'Airbus', /^Airbus\b/);
    await source('Record a partnership');
    await form('Record a partnership').getByRole('button', { name: 'Save' }).click();
    await form('Record a partnership').getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'Back to the record' }).click();
    // Undone one after the other: the partnership is deleted, the end too, and the membership.
    for (const action of ['Partnership recorded', 'End of a membership recorded', 'Membership recorded']) {
      const row = history.getByRole('row', { name: new RegExp(action) }).first();
      await row.getByRole('button', { name: 'Undo' }).click();
      await history.getByText('Undone.').waitFor();
      await expect.poll(() => row.getByRole('button').count(), { timeout: 20_000 }).toBe(0);
    }
    await parts(watcher).history.getByText('Suppression').nth(1).waitFor();
    expect(await page.getByText(/local changed at/).count()).toBe(0);
    await editor.close();
    await watcher.close();
  });

  it('offers to show in a drawn network what others changed, and moves nothing', async () => {
    const editor = await reader({ locale: 'en-GB' });
    const watcher = await reader({ locale: 'en-GB' });
    await editor.page.goto(signIn());
    await editor.page.waitForURL(/\/$/);
    const listening = watcher.page.waitForRequest((request) => request.headers().accept === 'text/event-stream');
    await watcher.open('/network?members=cluster/mecanic-vallee');
    const picture = watcher.page.getByRole('application');
    await picture.waitFor();
    await listening;
    const label = await picture.getAttribute('aria-label');
    const problems = await write(
      editor,
      `mutation { membershipStart(input: { member: "organisation/safran", network: "cluster/mecanic-vallee", role: MEMBER, since: "2019",
        sources: ["source/agoravox-2016"] }) { problems { message } } }`,
    );
    expect(problems).toContain('"problems":[]');
    const show = watcher.page.getByRole('button', { name: 'Show', exact: true });
    await show.waitFor();
    expect(await picture.getAttribute('aria-label')).toBe(label);
    await watcher.accessible();
    await show.click();
    await expect.poll(() => picture.getAttribute('aria-label'), { timeout: 20_000 }).not.toBe(label);
    await watcher.page.locator('tbody').getByText('Safran', { exact: true }).first().waitFor();
    expect(await show.count()).toBe(0);
    await watcher.close();
    await editor.close();
  });
}

/** What editors do; they run after the others, since they change the graph. */
export function editTests(): void {
  changeTests();

  it('lets nobody edit who has not signed in, and says how to', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB' });
    await open('/edit?id=organisation/airbus');
    await page.getByText('Only editors may change this').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByText('You are a reader').waitFor();
    await accessible();
    await page.getByRole('link', { name: 'Possible duplicates' }).click();
    await page.getByText('Merging takes the role of an administrator').waitFor();
    await accessible();
    await close();
  });

  it('shows what was changed after the page was read and before it listens', async () => {
    const editor = await reader({ locale: 'en-GB' });
    const watcher = await reader({ locale: 'en-GB' });
    await editor.page.goto(signIn());
    await editor.page.waitForURL(/\/$/);
    // The stream opens only after the change.
    let listen = (): void => {};
    const isChanged = new Promise<void>((resolve) => {
      listen = resolve;
    });
    await watcher.page.route('**/graphql', async (route) => {
      if (route.request().headers().accept === 'text/event-stream') await isChanged;
      await route.continue();
    });
    await watcher.open('/cluster/mecanic-vallee');
    await watcher.page.getByRole('region', { name: /^Members/ }).waitFor();
    await watcher.page.waitForLoadState('networkidle');
    const problems = await write(
      editor,
      `mutation { networkUpdate(id: "cluster/mecanic-vallee", input: {
        acronym: "MV-0", sources: ["source/agoravox-2016"] }) { problems { message } } }`,
    );
    expect(problems).toContain('"problems":[]');
    listen();
    await watcher.page.getByText('MV-0').first().waitFor();
    await watcher.page.getByText(/changed what this page shows at/).waitFor();
    await watcher.close();
    await editor.close();
  });

  it('loses nothing that is typed: a field that somebody else changes meanwhile says so', async () => {
    const [one, other] = [await reader({ locale: 'en-GB' }), await reader({ locale: 'en-GB' })];
    for (const { page } of [one, other]) {
      const listening = page.waitForRequest((request) => request.headers().accept === 'text/event-stream');
      await page.goto(signIn());
      await page.waitForURL(/\/$/);
      await listening;
    }
    const form = (who: Reader) => parts(who).form('Correct fields');
    for (const who of [one, other]) {
      await who.page.goto(`${new URL(who.page.url()).origin}/edit?id=cluster/mecanic-vallee`);
      await form(who).waitFor();
    }
    await form(one).getByLabel('Acronym').fill('MV-1');
    const listening = one.page.waitForRequest((request) => request.headers().accept === 'text/event-stream');
    await listening;
    await form(other).getByLabel('Acronym').fill('MV-2');
    await form(other).getByLabel('City').fill('Figeac');
    await form(other).getByLabel('Source', { exact: true }).selectOption({ index: 2 });
    await form(other).getByRole('button', { name: 'Save' }).click();
    await form(other).getByText('Saved.').waitFor();
    await form(one).getByText('Somebody has written meanwhile: “MV-2”.').waitFor();
    expect(await form(one).getByLabel('Acronym').inputValue()).toBe('MV-1');
    // What was not typed into is what the record says now.
    expect(await form(one).getByLabel('City').inputValue()).toBe('Figeac');
    expect(await form(one).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await one.accessible();
    await form(one).getByRole('button', { name: 'Take their value' }).click();
    expect(await form(one).getByLabel('Acronym').inputValue()).toBe('MV-2');
    await one.close();
    await other.close();
  });

  it('says in another window that the record that is open was merged into another', async () => {
    const editor = await reader({ locale: 'en-GB' });
    const watcher = await reader({ locale: 'en-GB' });
    await editor.page.goto(signIn());
    await editor.page.waitForURL(/\/$/);
    const create = (name: string): Promise<string> =>
      write(
        editor,
        `mutation { organisationCreate(input: { name: "${name}", kind: COMPANY, sources: ["source/agoravox-2016"] }) {
          organisation { id } problems { message } } }`,
      );
    const ids: string[] = [];
    for (const name of ['Voiles du Lot', 'Voiles et Mats du Lot']) {
      ids.push(JSON.parse(await create(name)).data.organisationCreate.organisation.id);
    }
    const listening = watcher.page.waitForRequest((request) => request.headers().accept === 'text/event-stream');
    await watcher.open(`/${ids[1]}`);
    await watcher.page.getByRole('heading', { name: 'Voiles et Mats du Lot', level: 1 }).waitFor();
    await listening;
    await write(
      editor,
      `mutation { organisationMerge(id: "${ids[0]}", others: ["${ids[1]}"]) { problems { message } } }`,
    );
    await watcher.page.waitForURL(new RegExp(`/${ids[0]}$`));
    await watcher.page.getByText(/merged “Voiles et Mats du Lot” into this record at/).waitFor();
    await watcher.close();
    await editor.close();
  });

  it('merges duplicates side by side', async () => {
    const editor = await reader({ locale: 'en-GB' });
    const { page, open, accessible, close } = editor;
    await page.goto(signIn());
    await page.waitForURL(/\/$/);
    // Two records of one company, as two people record it.
    await page.evaluate(async () => {
      const record = `mutation { organisationCreate(input: {
        name: "Ailes et Moteurs", city: "Figeac", kind: COMPANY, sources: ["source/agoravox-2016"]
      }) { organisation { id } problems { message } } }`;
      const ask = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: record }),
      };
      for (let time = 0; time < 2; time++) await fetch('/graphql', ask);
    });
    await open('/duplicates');
    const pairs = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Keep this one/ }) });
    await pairs.first().waitFor();
    await accessible();
    const count = await pairs.count();
    page.on('dialog', (dialog) => void dialog.accept());
    await pairs
      .first()
      .getByRole('button', { name: /^Keep this one/ })
      .first()
      .click();
    await expect.poll(() => pairs.count(), { timeout: 20_000 }).toBeLessThan(count);
    await close();
  });
}
