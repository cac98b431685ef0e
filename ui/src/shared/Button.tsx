import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './cx';
import { ariaKeys, Kbd } from './Kbd';

/** React Aria lets this one attribute through in no other way. */
const withShortcut = (keyHint?: string): AriaButtonProps['render'] =>
  keyHint ? (props) => <button {...props} aria-keyshortcuts={ariaKeys(keyHint)} /> : undefined;

const looks = {
  /** The one thing to do next; one a screen. */
  primary:
    'bg-green text-on-green hover:bg-green-hover data-pressed:bg-green-hover font-semibold disabled:bg-line disabled:text-ink-3',
  secondary:
    'border border-line bg-surface text-ink hover:bg-sunken data-pressed:bg-sunken font-semibold disabled:text-ink-3',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink data-pressed:bg-sunken font-medium disabled:text-ink-3',
  /** Something that takes away. Still calm; the words say what happens. */
  danger:
    'border border-line bg-surface text-brick hover:bg-brick-soft data-pressed:bg-brick-soft font-semibold',
};

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  look?: keyof typeof looks;
  size?: 'regular' | 'small';
  icon?: LucideIcon;
  /** The key that does the same. It only shows it; the registry in app/keys hears it. */
  keyHint?: string;
  className?: string;
}

export function Button({
  children,
  look = 'secondary',
  size = 'regular',
  icon: Icon,
  keyHint,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      render={withShortcut(keyHint)}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-2 rounded-control whitespace-nowrap transition-colors duration-120 select-none disabled:cursor-not-allowed',
        size === 'regular' ? 'h-9.5 px-3.5' : 'h-8 px-2.5 text-small',
        looks[look],
        className,
      )}
    >
      {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />}
      {children}
      {keyHint && <Kbd keys={keyHint} onGreen={look === 'primary' && !rest.isDisabled} />}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  icon: LucideIcon;
  label: string;
  keyHint?: string;
  className?: string;
}

export function IconButton({ icon: Icon, label, keyHint, className, ...rest }: IconButtonProps) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      aria-keyshortcuts={keyHint ? ariaKeys(keyHint) : undefined}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-3 transition-colors duration-120 hover:bg-sunken hover:text-ink data-pressed:bg-sunken disabled:opacity-40',
        className,
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} />
    </AriaButton>
  );
}
