// For whom "I rang already" was pressed: the dialog itself is opened like any other overlay.
import type { PersonRef } from '../ipc/bindings';
import { openOverlay } from '../shared/overlay';

let about: PersonRef | null = null;

/** Writes down a call that was made; with whom, where that is known already. */
export function openLogCall(person: PersonRef | null = null): void {
  about = person;
  openOverlay('logCall');
}

export const logCallAbout = (): PersonRef | null => about;
