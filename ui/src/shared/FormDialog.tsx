import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Dialog, type DialogProps } from './Dialog';
import { errorMessage } from './States';

/** A dialog that is one form. It is sent once at a time and closes when that is done; what is refused is said, and nothing typed is lost. */
export function FormDialog({
  title,
  submit,
  isReady = true,
  size = 'small',
  isDismissable,
  onSubmit,
  other,
  onClose,
  children,
}: Pick<DialogProps, 'title' | 'size' | 'isDismissable' | 'onClose'> & {
  /** What the primary button says. */
  submit: string;
  isReady?: boolean;
  onSubmit: () => Promise<unknown>;
  /** Another way to be done with it, by which something is taken away. */
  other?: { label: string; onDo: () => Promise<unknown> } | false;
  /** Its fields, the first of which says why it was refused. */
  children: (error: string | null) => ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const canSend = isReady && !isSending;
  const send = async (work: () => Promise<unknown>) => {
    setSending(true);
    setError(null);
    try {
      await work();
      onClose();
    } catch (reason) {
      setError(errorMessage(reason));
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      size={size}
      isDismissable={isDismissable}
      footer={
        <>
          {other && (
            <Button
              look="danger"
              className="me-auto"
              isDisabled={isSending}
              onPress={() => void send(other.onDo)}
            >
              {other.label}
            </Button>
          )}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={id} isDisabled={!canSend}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        // The core judges; the browser would refuse in words of its own.
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) void send(onSubmit);
        }}
      >
        {children(error)}
      </form>
    </Dialog>
  );
}
