import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Boundary } from '../shared/Boundary';
import { Gate } from './Gate';
import { createQueryClient } from './query';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>
        <Boundary>
          <Suspense fallback={null}>
            <Gate />
          </Suspense>
        </Boundary>
      </QueryClientProvider>
    </I18nProvider>
  );
}
