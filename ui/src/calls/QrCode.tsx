import type { QrView } from '../ipc/bindings';

/** Dark on light in either theme: a camera reads nothing else for certain. The quiet zone is part of the code. */
export function QrCode({
  qr,
  label,
  modulePx,
  className,
}: {
  qr: QrView;
  label: string;
  /** On a screen, whole pixels a module; on paper it takes the room that it is given. */
  modulePx?: number;
  className?: string;
}) {
  const side = modulePx && qr.size * modulePx;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      width={side}
      height={side}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={qr.size} height={qr.size} className="fill-scan-paper" />
      <path d={qr.path} className="fill-scan-ink" />
    </svg>
  );
}
