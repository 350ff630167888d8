import { expect, it } from 'vitest';
import { reader, signIn } from './explorer.ts';

/** What editors do; they run after the others, since they change the graph. */
export function editTests(): void {
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

  it('corrects a field, shows the problems of the server beside it, and takes it back by the history', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB' });
    await page.goto(signIn());
    await page.waitForURL(/graphql$/);
    await open('/organisation/airbus');
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    const form = page.getByRole('form', { name: 'Correct fields' });
    await form.getByLabel('Name').fill('');
    await form.getByLabel('Source', { exact: true }).selectOption({ index: 2 });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('name is empty: every organisation needs one.').waitFor();
    expect(await form.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await form.getByLabel('Name').fill('Airbus');
    await form.getByLabel('Website').fill('https://www.airbus.example/en');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'Back to the record' }).click();
    await page.getByRole('link', { name: 'airbus.example' }).waitFor();
    const history = page.getByRole('region', { name: /^Changes of the record/ });
    await history.getByText('organisationUpdate').waitFor();
    await history.getByRole('button', { name: 'Undo' }).first().click();
    await history.getByText('Undone.').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'airbus.example' }).count(), { timeout: 20_000 }).toBe(0);
    await close();
  });
}
