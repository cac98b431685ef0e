import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Menu } from '../shared/Menu';
import { Avatar } from '../shared/People';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';
import { useSession } from '../team/session';

/** Who is signed in; a click lets someone else take the chair. */
export function SignedIn() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { volunteer } = useSession();
  const leave = () =>
    run(commands.signOut()).then(
      () => client.invalidateQueries({ queryKey: ['status'] }),
      (reason: unknown) => showError(errorMessage(reason)),
    );
  return (
    <Menu
      label={t('signedIn.menu')}
      trigger={
        <AriaButton className="mt-2 flex items-center justify-center gap-2.5 rounded-control px-2.5 py-1.5 text-start transition-colors duration-120 hover:bg-surface mid:justify-start">
          <Avatar name={volunteer.name} />
          <span className="sr-only mid:hidden">{t('signedIn.as', { name: volunteer.name })}</span>
          <span className="hidden min-w-0 mid:block">
            <span dir="auto" className="block truncate text-ink-2">
              {volunteer.name}
            </span>
            <span className="block text-small text-ink-3">{t(`role.${volunteer.role}`)}</span>
          </span>
        </AriaButton>
      }
      entries={[
        { id: 'switch', label: t('signedIn.switch'), icon: ArrowLeftRight, onAction: () => void leave() },
      ]}
    />
  );
}
