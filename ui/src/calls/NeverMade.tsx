import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { ConfirmDialog } from '../shared/Dialog';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';

/** Asks before a call that was begun is taken out again. */
export function NeverMade({
  call,
  name,
  onClose,
  onDone,
}: {
  call: string;
  name: string;
  onClose: () => void;
  onDone?: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const deny = async () => {
    setPending(true);
    try {
      await run(commands.callNeverMade(call));
      void client.invalidateQueries({ queryKey: ['unfinishedCalls'] });
      onClose();
      onDone?.();
    } catch (reason) {
      onClose();
      showError(errorMessage(reason));
    }
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('calls.desk.neverMadeTitle')}
      body={t('calls.desk.neverMadeBody', { name })}
      confirm={t('calls.desk.neverMadeDo')}
      isPending={isPending}
      onConfirm={() => void deny()}
    />
  );
}
