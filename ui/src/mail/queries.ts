import { useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';

export const useLetter = (promise: string) =>
  useQuery({ queryKey: ['letter', promise], queryFn: () => run(commands.letter(promise)) });
