export const cx = (...parts: unknown[]): string =>
  parts.filter((part) => typeof part === 'string' && part).join(' ');
