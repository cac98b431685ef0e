import { Search, X } from 'lucide-react';
import { useId, type ReactNode, type Ref } from 'react';
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  ListBox,
  SearchField as AriaSearchField,
  Select as AriaSelect,
  SelectValue,
  Switch as AriaSwitch,
  Text,
  TextArea,
  TextField,
  type CheckboxProps,
  type SearchFieldProps as AriaSearchFieldProps,
  type SwitchProps,
  type TextFieldProps,
} from 'react-aria-components';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx';
import { Popup } from './Popup';
import { PopupOption } from './PopupOption';

export const inputLook =
  'w-full rounded-control border border-edge bg-surface px-3 text-ink transition-colors duration-120 hover:border-ink-3 focus:border-green focus:outline-2 focus:outline-offset-0 focus:outline-green/40 disabled:border-line disabled:bg-sunken disabled:text-ink-3 data-invalid:border-brick';
const labelLook = 'text-small font-medium text-ink';
const descriptionLook = 'text-small text-ink-3';
const errorLook = 'text-small text-brick';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  hideLabel?: boolean;
  description?: ReactNode;
  /** What is wrong and the way out. Present means invalid. */
  error?: string | null;
  placeholder?: string;
  rows?: number;
  /** Shown inside, at the end: a unit, a button. */
  after?: ReactNode;
  inputRef?: Ref<HTMLInputElement | HTMLTextAreaElement>;
  className?: string;
  /** Lets names and words take the direction of their script. */
  dir?: 'auto' | 'ltr';
}

export function Field({
  label,
  hideLabel = false,
  description,
  error,
  placeholder,
  rows,
  after,
  inputRef,
  className,
  dir = 'auto',
  ...rest
}: FieldProps) {
  return (
    <TextField
      {...rest}
      // The core judges; the browser would refuse to send the same words again.
      validationBehavior="aria"
      isInvalid={Boolean(error) || rest.isInvalid}
      className={cx('flex min-w-0 flex-col gap-1.5', className)}
    >
      <Label className={hideLabel ? 'sr-only' : labelLook}>{label}</Label>
      {rows ? (
        <TextArea
          ref={inputRef as Ref<HTMLTextAreaElement>}
          rows={rows}
          dir={dir}
          placeholder={placeholder}
          className={cx(inputLook, 'resize-none py-2')}
        />
      ) : (
        <span className="relative flex">
          <Input
            ref={inputRef as Ref<HTMLInputElement>}
            dir={dir}
            placeholder={placeholder}
            className={cx(inputLook, 'h-9.5', after && 'pe-16')}
          />
          {after && <span className="absolute inset-y-0 end-2 flex items-center">{after}</span>}
        </span>
      )}
      {description && !error && (
        <Text slot="description" className={descriptionLook}>
          {description}
        </Text>
      )}
      <FieldError className={errorLook}>{error}</FieldError>
    </TextField>
  );
}

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
  after?: ReactNode;
}

export function SearchField({ label, placeholder, inputRef, className, after, ...rest }: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <AriaSearchField
      {...rest}
      aria-label={label}
      className={cx('group relative flex items-center', className)}
    >
      <Search aria-hidden size={16} strokeWidth={1.75} className="absolute start-3 text-ink-3" />
      <Input
        ref={inputRef}
        dir="auto"
        placeholder={placeholder}
        className={cx(inputLook, 'h-9.5 ps-9 pe-10 [&::-webkit-search-cancel-button]:hidden')}
      />
      <span className="absolute end-2 flex items-center">
        <AriaButton
          aria-label={t('common.clear')}
          className="flex size-6 items-center justify-center rounded-small text-ink-3 group-data-empty:hidden hover:text-ink"
        >
          <X aria-hidden size={14} />
        </AriaButton>
        <span className="hidden group-data-empty:flex">{after}</span>
      </span>
    </AriaSearchField>
  );
}

export interface Option<V extends string> {
  value: V;
  label: string;
  description?: string;
}

export interface SelectProps<V extends string> {
  label: string;
  hideLabel?: boolean;
  options: Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
  description?: string;
  error?: string | null;
  isDisabled?: boolean;
  /** Looks like the value alone until someone comes near: for a page that is read more often than edited. */
  quiet?: boolean;
  className?: string;
}

export function Select<V extends string>({
  label,
  hideLabel = false,
  options,
  value,
  onChange,
  placeholder,
  description,
  error,
  isDisabled,
  quiet = false,
  className,
}: SelectProps<V>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(key as V)}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      placeholder={placeholder}
      // Its button shows the focus.
      className={cx('flex min-w-0 flex-col gap-1.5 data-focus-visible:outline-none', className)}
    >
      <Label className={hideLabel ? 'sr-only' : labelLook}>{label}</Label>
      <AriaButton
        className={
          quiet
            ? 'group/quiet -mx-1.5 flex max-w-full items-center gap-1 rounded-small px-1.5 text-start transition-colors duration-120 hover:bg-sunken'
            : cx(inputLook, 'flex h-9.5 items-center justify-between gap-2 pe-2.5 text-start')
        }
      >
        <SelectValue className="min-w-0 truncate data-placeholder:text-ink-3">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-ink-3" />
      </AriaButton>
      {description && !error && (
        <Text slot="description" className={descriptionLook}>
          {description}
        </Text>
      )}
      <FieldError className={errorLook}>{error}</FieldError>
      <Popup className="max-h-80 min-w-(--trigger-width)">
        <ListBox items={options.map((option) => ({ ...option, id: option.value }))} className="outline-none">
          {({ id, label, description }) => <PopupOption id={id} label={label} description={description} />}
        </ListBox>
      </Popup>
    </AriaSelect>
  );
}

export function Checkbox({
  children,
  description,
  ...rest
}: Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children: ReactNode; description?: string }) {
  const id = useId();
  return (
    <div>
      <AriaCheckbox
        {...rest}
        aria-describedby={description ? id : undefined}
        // Its box shows the focus.
        className="group inline-flex items-start gap-2.5 data-focus-visible:outline-none"
      >
        <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-small border border-edge bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-green group-data-selected:border-green group-data-selected:bg-green">
          <Check
            aria-hidden
            size={12}
            strokeWidth={3}
            className="invisible text-on-green group-data-selected:visible"
          />
        </span>
        <span>{children}</span>
      </AriaCheckbox>
      {description && (
        <p id={id} className={cx('ps-6.5', descriptionLook)}>
          {description}
        </p>
      )}
    </div>
  );
}

export function Switch({
  children,
  ...rest
}: Omit<SwitchProps, 'className' | 'style' | 'children'> & { children: ReactNode }) {
  return (
    <AriaSwitch {...rest} className="group inline-flex items-center gap-2.5 data-focus-visible:outline-none">
      <span className="flex h-5 w-8 shrink-0 items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors duration-120 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-green group-data-selected:border-green group-data-selected:bg-green">
        <span className="size-3.5 rounded-full bg-ink-3 transition-transform duration-120 group-data-selected:translate-x-3 group-data-selected:bg-on-green" />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  );
}
