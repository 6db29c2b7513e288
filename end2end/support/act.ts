// What a person does on a page: presses a button, follows a link.
import type { Page } from '@playwright/test';

export const main = (page: Page) => page.getByRole('main');
export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
export const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
export const follow = (page: Page, name: string) => main(page).getByRole('link', { name, exact: true }).click();
