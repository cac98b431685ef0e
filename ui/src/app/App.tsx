import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Boundary } from '../shared/Boundary';
import { useKeys } from '../shared/keys';
import { Gate } from './Gate';
import { sizeKeys } from './look';
import { createQueryClient } from './query';

export function App() {
  const [client] = useState(createQueryClient);
  useKeys(sizeKeys, { beneath: true });
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
