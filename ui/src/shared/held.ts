import { useSyncExternalStore } from 'react';

/** Something that the page is drawn from: whoever draws it is told when it changes. */
export abstract class Drawn<Value> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: Value) {}

  readonly read = (): Value => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get isDrawn(): boolean {
    return this.listeners.size > 0;
  }

  protected set(value: Value): void {
    this.value = value;
    for (const listener of this.listeners) listener();
  }
}

/** A value of this window, and of no book: anyone may set it. */
export class Held<Value> extends Drawn<Value> {
  override set(value: Value): void {
    super.set(value);
  }
}

export const useDrawn = <Value>(drawn: Drawn<Value>): Value =>
  useSyncExternalStore(drawn.subscribe, drawn.read);
