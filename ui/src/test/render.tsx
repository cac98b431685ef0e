import { QueryClientProvider } from '@tanstack/react-query';
import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, render, type RenderResult } from '@testing-library/react';
import { Suspense } from 'react';
import { I18nProvider } from 'react-aria-components';
import { afterEach, vi } from 'vitest';
import { Gate } from '../app/Gate';
import { createQueryClient } from '../app/query';
import { installMock, mockNow, type Handlers } from '../ipc/mock';
import { closeOverlay } from '../shared/overlay';

/** The whole app at an address, over a shell that answers as told; on Monday 23 November 2026, 9:12 in Brisbane. */
export function renderApp(hash: string, changed: Handlers = {}): RenderResult {
  vi.setSystemTime(mockNow);
  installMock(changed);
  window.history.replaceState(null, '', hash);
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  return render(
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>
        <Suspense fallback={null}>
          <Gate />
        </Suspense>
      </QueryClientProvider>
    </I18nProvider>,
  );
}

afterEach(async () => {
  closeOverlay();
  cleanup();
  // Listeners go on the next turn; the shell that they go from must still be there.
  await new Promise((resolve) => setTimeout(resolve));
  clearMocks();
  vi.useRealTimers();
});
