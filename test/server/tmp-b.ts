import { chromium } from 'playwright-core';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
const urls: string[] = []; 
page.on('request', r => urls.push(r.url().slice(0,80)));
page.on('console', m => console.log('console', m.type(), m.text().slice(0,200)));
page.on('pageerror', e => console.log('pageerror', e.message.slice(0,300)));
await page.goto('http://localhost:4555/graphql', { waitUntil: 'networkidle' });
await page.waitForTimeout(2000);
console.log(await page.locator('.graphiql-tab').allTextContents(), await page.locator('[role=tab]').allTextContents());
for (const t of await page.locator('.graphiql-tab').all()) {
  await t.click(); await page.waitForTimeout(300);
  await page.locator('.graphiql-execute-button').click();
  await page.waitForTimeout(1500);
  console.log((await page.locator('.result-window').innerText()).replace(/\s+/g,' ').slice(0,200));
}
await page.screenshot({ path: '/tmp/graphiql.png' });
console.log(urls);
await page.goto('http://localhost:4555/', { waitUntil: 'networkidle' }); await page.screenshot({ path: '/tmp/landing.png' });
await browser.close();
