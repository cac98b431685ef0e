// One registry for every key in the app. Components push layers; the topmost answers first, and a dialog's layer lets
// nothing through to what lies beneath it. A plain key never fires while someone is typing.
import { useEffect, useRef } from 'react';
import type { KeyLabel } from '../i18n';

export interface KeyBinding {
  /** `v`, `?`, `1`, `Enter`, `ArrowDown`; `mod+k` means Ctrl, or Command on a Mac. */
  keys: string | string[];
  /** What the key does, for the list behind `?`. Left out, the key is not listed. */
  label?: KeyLabel;
  run: (event: KeyboardEvent) => void;
  /** Only ever for keys with a modifier, or Escape: they type nothing. */
  whileTyping?: boolean;
  /** Also while someone is typing, and through every dialog: it changes nothing of what they are at. */
  always?: boolean;
  enabled?: boolean;
}

export interface KeyLayer {
  bindings: KeyBinding[];
  /** Nothing beneath is heard. */
  barrier?: boolean;
}

interface LayerRef {
  current: KeyLayer;
}
const layers: LayerRef[] = [];

const typingSelector =
  'input:not([type=checkbox],[type=radio],[type=button],[type=range]), textarea, select, [contenteditable=""], [contenteditable="true"], [role=textbox], [role=combobox], [role=searchbox]';
const pressingSelector =
  'button, a[href], summary, [role=button], [role=option], [role=menuitem], [role=tab]';

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(typingSelector) !== null;
}

/** `mod+shift+z` for an event. A letter or a sign is what was typed, so `?` needs no word of Shift. */
export function chordOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sign = event.key.length === 1 && !/\p{L}/u.test(event.key);
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && !sign) parts.push('shift');
  return [...parts, key].join('+');
}

export function dispatchKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const chord = chordOf(event);
  const typing = isTyping(event.target);
  // Enter and Space belong to the button they stand on.
  if ((chord === 'Enter' || chord === ' ') && event.target instanceof Element) {
    if (event.target.closest(pressingSelector)) return false;
  }
  let isBehind = false;
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!.current;
    for (const binding of layer.bindings) {
      if (binding.enabled === false) continue;
      if (!binding.always && (isBehind || (typing && !binding.whileTyping))) continue;
      const keys = typeof binding.keys === 'string' ? [binding.keys] : binding.keys;
      if (!keys.includes(chord)) continue;
      event.preventDefault();
      binding.run(event);
      return true;
    }
    isBehind ||= layer.barrier === true;
  }
  return false;
}

function push(layer: LayerRef, beneath: boolean): () => void {
  if (layers.length === 0) window.addEventListener('keydown', dispatchKey);
  if (beneath) layers.unshift(layer);
  else layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length === 0) window.removeEventListener('keydown', dispatchKey);
  };
}

/**
 * Keys that live as long as the component does. What encloses others says `beneath`: React is done with it only after
 * what stands in it, so its keys would stand before theirs.
 */
export function useKeys(
  bindings: KeyBinding[],
  options: { barrier?: boolean; beneath?: boolean; enabled?: boolean } = {},
): void {
  const { barrier = false, beneath = false, enabled = true } = options;
  const layer = useRef<KeyLayer>({ bindings, barrier });
  useEffect(() => {
    layer.current = { bindings, barrier };
  });
  useEffect(() => (enabled ? push(layer, beneath) : undefined), [enabled, beneath]);
}

/** What can be pressed now, topmost first, for the list behind `?`. */
export function activeBindings(): KeyBinding[] {
  const seen = new Set<string>();
  return layers
    .toReversed()
    .flatMap((layer) => layer.current.bindings)
    .filter((binding) => {
      const id = String(binding.keys);
      if (binding.enabled === false || seen.has(id)) return false;
      // Without words it still stands before what lies beneath it.
      seen.add(id);
      return binding.label !== undefined;
    });
}
