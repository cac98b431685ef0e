import { useImperativeHandle, useLayoutEffect, useRef, type ComponentProps, type RefObject } from 'react';

const mostPx = 240;

/** A text field that is as high as its words, up to a point. The engines that we start in cannot do that by style. */
export function GrowingText({
  field,
  ...rest
}: ComponentProps<'textarea'> & { field: RefObject<HTMLTextAreaElement | null>; value: string }) {
  const { value, rows } = rest;
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(field, () => own.current!);
  useLayoutEffect(() => {
    const element = own.current;
    if (!element) return;
    element.style.height = 'auto';
    const borders = element.offsetHeight - element.clientHeight;
    element.style.height = `${Math.min(element.scrollHeight + borders, mostPx)}px`;
  }, [value, rows]);
  return <textarea ref={own} {...rest} />;
}
