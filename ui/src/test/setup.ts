import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import '../i18n';

configure({ asyncUtilTimeout: 8_000 });

// There is no layout here: a row of a virtual list is 80 px high and every other box as large as a window, so that
// such a list draws its first rows.
function height(this: HTMLElement): number {
  return this.dataset.index === undefined ? 800 : 80;
}
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: height },
  clientHeight: { configurable: true, get: height },
  offsetWidth: { configurable: true, get: () => 1280 },
  clientWidth: { configurable: true, get: () => 1280 },
});
Element.prototype.scrollTo = vi.fn() as typeof Element.prototype.scrollTo;

afterEach(() => {
  cleanup();
  window.localStorage.clear();
  window.history.replaceState(null, '', '#/');
});
