import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Toaster } from '../shared/Toast';
import { createQueryClient } from './query';
import { Shell } from './Shell';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Shell />
      <Toaster />
    </QueryClientProvider>
  );
}
