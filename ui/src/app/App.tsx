import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Toaster } from '../shared/Toast';
import { Gate } from './Gate';
import { createQueryClient } from './query';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Gate />
      <Toaster />
    </QueryClientProvider>
  );
}
