// What lies over the screen. One at a time: opening another closes the first.
import { Held, useDrawn } from './held';

export type OverlayName = 'palette' | 'keys' | 'capture' | 'logCall' | 'incoming' | 'inbox' | 'newPerson';

const current = new Held<OverlayName | null>(null);

export const openOverlay = (name: OverlayName): void => current.set(name);
export const closeOverlay = (): void => current.set(null);
export const useOverlay = (): OverlayName | null => useDrawn(current);
