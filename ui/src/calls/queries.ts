import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';

export const useBrief = (person: string | null, promise: string | null) =>
  useQuery({
    queryKey: ['brief', person, promise],
    queryFn: () => run(commands.brief(person!, promise)),
    enabled: person !== null,
    placeholderData: keepPreviousData,
  });
