import { useQuery } from '@tanstack/react-query';
import { commands } from '../../ipc/bindings';
import { run } from '../../ipc/error';

export const useCustomFields = () =>
  useQuery({ queryKey: ['customFields'], queryFn: () => run(commands.customFields()) });

/** With how many people have something in each: counted when the page of it is opened. */
export const useCustomFieldsInUse = () =>
  useQuery({ queryKey: ['customFieldsInUse'], queryFn: () => run(commands.customFieldsInUse()) });

export const useTags = () => useQuery({ queryKey: ['tags'], queryFn: () => run(commands.tags()) });
