import { useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';

export const useLetter = (promise: string) =>
  useQuery({ queryKey: ['letter', promise], queryFn: () => run(commands.letter(promise)) });

export const useOutbox = () => useQuery({ queryKey: ['outbox'], queryFn: () => run(commands.outbox()) });

export const useOutboxCount = () =>
  useQuery({ queryKey: ['outboxCount'], queryFn: () => run(commands.outboxCount()) });

export const useMailServer = () =>
  useQuery({ queryKey: ['mailServer'], queryFn: () => run(commands.mailServer()) });
