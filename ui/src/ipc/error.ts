// What the core says when it cannot: a code to act on, and words to show.
export class WellmetError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'WellmetError';
  }
}

export function toError(raw: unknown): Error {
  if (raw instanceof Error) return raw;
  if (typeof raw === 'object' && raw !== null && 'code' in raw && 'message' in raw) {
    return new WellmetError(String(raw.code), String(raw.message));
  }
  return new WellmetError('internal', typeof raw === 'string' ? raw : JSON.stringify(raw));
}

export function codeOf(error: unknown): string | null {
  return error instanceof WellmetError ? error.code : null;
}

type Outcome<T> = { status: 'ok'; data: T } | { status: 'error'; error: unknown };

/** The value of a command, or its error thrown, which is what a query wants. */
export async function run<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  let result: Outcome<T>;
  try {
    result = await outcome;
  } catch (raw) {
    throw toError(raw);
  }
  if (result.status === 'error') throw toError(result.error);
  return result.data;
}
