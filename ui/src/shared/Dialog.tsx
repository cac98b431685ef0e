import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button';
import { cx } from './cx';
import { useKeys } from './keys';
import { ToastPlace } from './Toast';

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  hideTitle?: boolean;
  children: ReactNode;
  /** The buttons, the primary one last. */
  footer?: ReactNode;
  size?: 'small' | 'regular' | 'wide';
  /** A click outside would throw away what was typed. */
  isDismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
}

const widths = { small: 'max-w-md', regular: 'max-w-xl', wide: 'max-w-3xl' };

/** Keys beneath a dialog are not heard while it is open. */
export function Barrier() {
  useKeys([], { barrier: true });
  return null;
}

export function Dialog({
  isOpen,
  onClose,
  title,
  hideTitle = false,
  children,
  footer,
  size = 'regular',
  isDismissable = true,
  role = 'dialog',
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-veil p-4 pt-[12vh]"
    >
      <Modal className={cx('w-full rise', widths[size])}>
        <AriaDialog
          role={role}
          aria-label={hideTitle ? title : undefined}
          className="flex max-h-[80vh] flex-col rounded-box border border-line bg-surface [overflow-wrap:anywhere] shadow-raised outline-none"
        >
          <Barrier />
          {!hideTitle && (
            <header className="flex items-start justify-between gap-4 px-6 pt-5">
              <Heading slot="title" className="min-w-0 text-title font-semibold">
                {title}
              </Heading>
              <IconButton icon={X} label={t('common.close')} onPress={onClose} className="-me-2" />
            </header>
          )}
          <div className={cx('min-h-0 overflow-y-auto', hideTitle ? '' : 'px-6 pt-4 pb-6')}>{children}</div>
          <ToastPlace at="dialog" />
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2.5 border-t border-line px-6 py-4">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before something that is hard to take back. What can be undone needs no question. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  body,
  confirm,
  onConfirm,
  isPending = false,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  body: ReactNode;
  confirm: string;
  onConfirm: () => void;
  isPending?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      size="small"
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="danger" onPress={onConfirm} isDisabled={isPending}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="text-ink-2">{body}</div>
    </Dialog>
  );
}
