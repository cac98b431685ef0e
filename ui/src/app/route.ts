// Eight places need no router: the hash holds where we are, so the window's own back and forward work.
import { useSyncExternalStore } from 'react';

export type Route =
  | { name: 'today'; promise?: string }
  | { name: 'people' }
  | { name: 'person'; id: string }
  | { name: 'call'; id: string }
  | { name: 'import' }
  | { name: 'settings'; section?: string };

export function parseRoute(hash: string): Route {
  const [name, id] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decodeURIComponent);
  switch (name) {
    case 'people':
      return { name };
    case 'person':
    case 'call':
      return id ? { name, id } : { name: 'today' };
    case 'import':
      return { name };
    case 'settings':
      return id ? { name, section: id } : { name };
    default:
      return id ? { name: 'today', promise: id } : { name: 'today' };
  }
}

export function formatRoute(route: Route): string {
  const id =
    route.name === 'person' || route.name === 'call'
      ? route.id
      : route.name === 'settings'
        ? route.section
        : route.name === 'today'
          ? route.promise
          : undefined;
  return `#/${route.name}${id ? `/${encodeURIComponent(id)}` : ''}`;
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
