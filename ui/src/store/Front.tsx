import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What stands before the app: one thing at a time, in the middle of a quiet page. */
export function Front({
  title,
  sentence,
  aside,
  children,
  wide = false,
}: {
  title: ReactNode;
  sentence?: ReactNode;
  /** Above the title: where one is in a row of steps. */
  aside?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <main className="flex h-full flex-col overflow-y-auto bg-paper px-6">
      <p className="pt-6 font-name text-name font-semibold text-green mid:ps-4">{t('brand')}</p>
      <div
        className={`mx-auto mt-[clamp(1.25rem,13vh,9rem)] flex w-full flex-col gap-6 pb-10 ${wide ? 'max-w-[38rem]' : 'max-w-[27rem]'}`}
      >
        <header>
          {aside && <p className="mb-2 text-label font-semibold text-ink-3">{aside}</p>}
          <h1 tabIndex={-1} className="text-[1.625rem]/8 font-semibold tracking-[-0.014em]">
            {title}
          </h1>
          {sentence && <p className="mt-1.5 text-reason text-ink-2">{sentence}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
