// The forms of a page, filled in as a person would.
import type { Page } from '@playwright/test';

export interface Form {
  /** What tells it from others: where it goes and which fields it has. */
  kind: string;
  /** What its button says. */
  button: string;
  action: string;
  body: string;
}

/** What is typed where any text would be refused. */
const known: Record<string, string> = { catalog: 'lakehouse', catalog_role: 'finance_reader', detach_all: 'true', levels: 'sales', target: 'returns' };

/** All forms of `html` that change something. `page` lends its parser. */
export async function formsOf(page: Page, html: string, path: string, name: string): Promise<Form[]> {
  return page.evaluate(
    ({ html, path, name, known }) => {
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      const posts = [...parsed.querySelectorAll('form')].filter((form) => form.getAttribute('method')?.toLowerCase() === 'post');
      return posts.map((form) => {
        const confirm = form.querySelector('[name=confirm]')?.closest('label')?.querySelector('code')?.textContent ?? '';
        const fill = (field: Element): [string, string][] => {
          const input = field as HTMLInputElement;
          if (!input.name || input.disabled || field instanceof HTMLButtonElement) return [];
          if (input.name === 'confirm') return [[input.name, confirm]];
          if (known[input.name] && input.type !== 'hidden') return [[input.name, known[input.name]!]];
          if (field instanceof HTMLSelectElement) {
            const options = [...field.options].filter((option) => option.value && !option.disabled);
            return [[input.name, (options.find((option) => option.hasAttribute('selected')) ?? options[0])?.value ?? '']];
          }
          if (input.type === 'checkbox' || input.type === 'radio') return input.hasAttribute('checked') ? [[input.name, input.value]] : [];
          return [[input.name, input.value || (input.required ? name : '')]];
        };
        const fields = [...form.elements].flatMap(fill);
        const button = form.querySelector('button:not([type=button])');
        if (button?.getAttribute('name')) fields.push([button.getAttribute('name')!, button.getAttribute('value') ?? '']);
        const action = form.getAttribute('action') || path;
        const operation = fields.find(([key]) => key === 'operation')?.[1] ?? '';
        return {
          kind: `${action.split('?')[0]} ${operation} ${fields.map(([key]) => key).join(' ')}`,
          button: button?.textContent?.trim() ?? '',
          action,
          body: new URLSearchParams(fields).toString(),
        };
      });
    },
    { html, path, name, known },
  );
}
