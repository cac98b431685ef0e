import type { FocusEvent } from 'react';
import { toast, Toaster as Sonner } from 'sonner';
import { i18next } from '../i18n';

export function showDone(message: string, action?: { label: string; run: () => void }): void {
  toast(message, { action: action && { label: action.label, onClick: action.run } });
}

export function showError(message: string): void {
  toast.error(message || i18next.t('error.unknown'), { duration: 8000 });
}

// Sonner would give the focus back to where it came from whenever Tab goes on from a toast, and so lets nobody past it.
const notHeard = (event: FocusEvent) => event.stopPropagation();

export function Toaster() {
  return (
    <div onFocusCapture={notHeard} onBlurCapture={notHeard}>
      <Sonner position="bottom-center" visibleToasts={3} offset={82} toastOptions={{ duration: 4500 }} />
    </div>
  );
}
