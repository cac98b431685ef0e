// A handful of places need no router: the hash holds where we are, so the window's own back and forward work.
import { useSyncExternalStore } from 'react';

export type Route =
  | { name: 'today'; promise?: string }
  | { name: 'people' }
  | { name: 'duplicates' }
  /** `at`: the record to show, of their timeline. */
  | { name: 'person'; id: string; at?: string }
  /** `call`: the one begun; without it, the brief before dialling. */
  | { name: 'call'; person: string; promise?: string; call?: string }
  | { name: 'import' }
  /** One script, or one draft of a script that is still to be; without either, all of them. */
  | { name: 'scripts'; script?: string; draft?: string; view?: string }
  /** One plan, or `new`; without it, all of them, or the forecast as `view`. */
  | { name: 'plans'; plan?: string; view?: string }
  | { name: 'settings'; section?: string };

export function parseRoute(hash: string): Route {
  const [name, ...rest] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map((part) => (part === '-' ? '' : decodeURIComponent(part)));
  const [first, second, third] = rest;
  switch (name) {
    case 'people':
    case 'duplicates':
    case 'import':
      return { name };
    case 'person':
      return first ? { name, id: first, ...(second && { at: second }) } : { name: 'today' };
    case 'call':
      return first
        ? { name, person: first, ...(second && { promise: second }), ...(third && { call: third }) }
        : { name: 'today' };
    case 'scripts':
      return {
        name,
        ...(first && { script: first }),
        ...(second && { draft: second }),
        ...(third && { view: third }),
      };
    case 'plans':
      return { name, ...(first && { plan: first }), ...(second && { view: second }) };
    case 'settings':
      return { name, ...(first && { section: first }) };
    default:
      return { name: 'today', ...(name === 'today' && first && { promise: first }) };
  }
}

function partsOf(route: Route): (string | undefined)[] {
  switch (route.name) {
    case 'today':
      return [route.promise];
    case 'person':
      return [route.id, route.at];
    case 'call':
      return [route.person, route.promise, route.call];
    case 'scripts':
      return [route.script, route.draft, route.view];
    case 'plans':
      return [route.plan, route.view];
    case 'settings':
      return [route.section];
    default:
      return [];
  }
}

export function formatRoute(route: Route): string {
  const parts = partsOf(route);
  while (parts.length > 0 && parts.at(-1) === undefined) parts.pop();
  return `#/${[route.name, ...parts.map((part) => (part === undefined ? '-' : encodeURIComponent(part)))].join('/')}`;
}

let hash = window.location.hash;
let current = parseRoute(hash);

function read(): Route {
  if (window.location.hash !== hash) {
    hash = window.location.hash;
    current = parseRoute(hash);
  }
  return current;
}

const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  const next = formatRoute(route);
  if (next === window.location.hash) return;
  if (options.replace) window.history.replaceState(null, '', next);
  else window.history.pushState(null, '', next);
  for (const listener of listeners) listener();
}

export function goBack(): void {
  window.history.back();
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, read);
}
