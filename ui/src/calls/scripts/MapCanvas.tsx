import '@xyflow/react/dist/base.css';
import {
  BaseEdge,
  Handle,
  Position,
  ReactFlow,
  useReactFlow,
  ReactFlowProvider,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import {
  CornerDownLeft,
  Flag,
  Maximize,
  Minus,
  NotebookPen,
  PhoneIncoming,
  Plus,
  TextCursorInput,
  Voicemail,
} from 'lucide-react';
import { createContext, use, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptMap } from '../../ipc/bindings';
import { IconButton } from '../../shared/Button';
import { cx } from '../../shared/cx';
import { gist, layoutMap, measures, neighbour, type Card, type Direction, type Layout } from './mapLayout';

type CardNode = Node<{ card: Card }, 'card'>;
type BandNode = Node<{ kind: 'objection' | 'machine' }, 'band'>;
type WayEdge = Edge<{ path: string }, 'way'>;

interface Held {
  /** The one card that Tab comes to. */
  reached: number;
  current: number | null;
  names: (at: number) => string;
  onReach: (at: number) => void;
  onOpen: (card: Card) => void;
}
const HeldContext = createContext<Held | null>(null);

const hidden = { opacity: 0, minWidth: 1, minHeight: 1, width: 1, height: 1, border: 0 };

function CardView({ data: { card } }: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const { reached, current, names, onReach, onOpen } = use(HeldContext)!;
  const { node, ways } = card;
  const isHere = current === card.at;
  const isLost = !node.reachable && node.kind !== 'missing';
  const told = [
    t(`scripts.map.kind.${node.kind}`),
    node.first && t('scripts.map.first'),
    isHere && t('scripts.map.here'),
    isLost && t('scripts.map.lost'),
  ].filter(Boolean);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} style={hidden} />
      <button
        type="button"
        data-card={card.at}
        tabIndex={reached === card.at ? 0 : -1}
        aria-current={isHere ? 'step' : undefined}
        onFocus={() => onReach(card.at)}
        onClick={() => onOpen(card)}
        style={{ width: card.width, height: card.height, padding: measures.padding }}
        className={cx(
          'nodrag nopan flex flex-col overflow-hidden rounded-box border text-start transition-colors duration-120',
          isHere
            ? 'border-green bg-green-soft'
            : node.kind === 'missing'
              ? 'border-dashed border-brick bg-brick-soft'
              : isLost
                ? 'border-dashed border-brick bg-surface hover:bg-paper'
                : node.kind === 'objection'
                  ? 'rounded-[18px] border-line bg-sunken hover:border-edge'
                  : node.kind === 'machine'
                    ? 'border-dashed border-edge bg-surface hover:bg-paper'
                    : 'border-line bg-surface hover:border-edge',
        )}
      >
        <span className="flex w-full shrink-0 items-center gap-1.5" style={{ height: measures.name }}>
          {node.first && (
            <PhoneIncoming aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-green" />
          )}
          {node.kind === 'machine' && (
            <Voicemail aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-ink-3" />
          )}
          <bdi className="min-w-0 truncate font-semibold">{names(card.at)}</bdi>
          <span className="sr-only">{`${told.join('. ')}. `}</span>
          {isLost && (
            <span aria-hidden className="ms-auto shrink-0 text-label font-medium text-brick">
              {t('scripts.map.lostShort')}
            </span>
          )}
        </span>
        {(node.says || node.kind === 'missing') && (
          <span style={{ height: measures.words }} className="w-full shrink-0">
            <span
              dir="auto"
              className={cx('line-clamp-2 text-label', node.kind === 'missing' ? 'text-brick' : 'text-ink-2')}
            >
              {node.kind === 'missing' ? t('scripts.map.missing') : gist(node.says)}
            </span>
          </span>
        )}
        {node.asks && (
          <span
            dir="auto"
            style={{ height: measures.asks }}
            className="w-full shrink-0 truncate text-label font-semibold"
          >
            {gist(node.asks)}
          </span>
        )}
        {(ways.length > 0 || node.ends) && (
          <span className="flex w-full flex-col" style={{ paddingTop: measures.waysTop }}>
            {ways.map((way, index) => (
              <span
                key={index}
                style={{ height: measures.way }}
                className="relative flex items-center gap-2 border-t border-line text-label text-ink-2"
              >
                {way.to === null ? (
                  <CornerDownLeft aria-hidden size={12} className="shrink-0 text-ink-3" />
                ) : way.free ? (
                  <TextCursorInput aria-hidden size={12} className="shrink-0 text-ink-3" />
                ) : (
                  way.key !== null && (
                    <span className="tnum w-2.5 shrink-0 font-semibold text-ink-3">{way.key}</span>
                  )
                )}
                <bdi className="min-w-0 truncate">
                  {way.key !== null && ' '}
                  {way.to === null
                    ? t('scripts.map.backShort')
                    : way.free
                      ? t(`scripts.map.free.${way.free}`)
                      : way.label ||
                        (node.kind === 'part'
                          ? t('scripts.map.straightOn')
                          : t('scripts.map.on', { to: names(way.to) }))}
                </bdi>
                {way.effects.length > 0 && (
                  <NotebookPen aria-hidden size={12} className="ms-auto shrink-0 text-ink-3" />
                )}
                <span className="sr-only">
                  {way.effects.length > 0 && t('scripts.map.notes')}
                  {way.to === null ? '. ' : t('scripts.map.leads', { to: names(way.to) })}
                </span>
              </span>
            ))}
            {node.ends && (
              <span
                style={{ height: measures.way }}
                className="flex items-center gap-2 border-t border-line text-label text-ink-3"
              >
                <Flag aria-hidden size={12} className="shrink-0" />
                {t('scripts.map.ends')}
              </span>
            )}
          </span>
        )}
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} style={hidden} />
    </>
  );
}

function BandView({ data: { kind } }: NodeProps<BandNode>) {
  const { t } = useTranslation();
  return (
    <p className="text-label font-semibold whitespace-nowrap text-ink-3">{t(`scripts.map.band.${kind}`)}</p>
  );
}

function WayView({ data, style }: EdgeProps<WayEdge>) {
  return <BaseEdge path={data!.path} style={style} />;
}

const nodeTypes = { card: CardView, band: BandView };
const edgeTypes = { way: WayView };
const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const smallest = 0.25;
/** Smaller than this, words on a card cannot be read. */
const readable = 0.56;

function Canvas({ map, current, onOpen }: MapCanvasProps) {
  const { t } = useTranslation();
  const flow = useReactFlow<CardNode | BandNode, WayEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutMap(map), [map]);
  const [chosen, setChosen] = useState<number | null>(null);
  const reached = chosen !== null && chosen < layout.cards.length ? chosen : (current ?? 0);

  const nodes = useMemo<(CardNode | BandNode)[]>(
    () => [
      ...layout.bands.map((band): BandNode => ({
        id: `band-${band.kind}`,
        type: 'band',
        position: { x: band.x, y: band.y },
        data: { kind: band.kind },
      })),
      ...layout.cards.map((card): CardNode => ({
        id: String(card.at),
        type: 'card',
        position: { x: card.x, y: card.y },
        width: card.width,
        height: card.height,
        // Nothing of it is dragged or drawn, but it is pressed.
        style: { pointerEvents: 'all' },
        domAttributes: { 'aria-roledescription': undefined },
        data: { card },
      })),
    ],
    [layout],
  );
  const edges = useMemo<WayEdge[]>(
    () =>
      layout.lines.map((line) => {
        const isLit = line.from === reached || line.from === current;
        return {
          id: `${line.from}-${line.way}`,
          source: String(line.from),
          target: String(line.to),
          type: 'way',
          data: { path: line.path },
          zIndex: isLit ? 1 : 0,
          style: {
            stroke: isLit
              ? 'var(--green)'
              : layout.cards[line.to]!.node.kind === 'missing'
                ? 'var(--brick)'
                : 'var(--edge)',
            strokeWidth: isLit ? 1.75 : 1.25,
          },
        };
      }),
    [layout, reached, current],
  );

  const show = (at: number, moves = true) => centre(flow, frame.current, layout, at, moves);
  const isDrawn = useRef(false);
  useEffect(() => {
    // What the preview comes to is brought into sight, once the map stands.
    if (isDrawn.current && current !== null) centre(flow, frame.current, layout, current, true);
  }, [current, flow, layout]);

  useEffect(() => {
    const element = frame.current!;
    let width = element.clientWidth;
    const watch = new ResizeObserver(() => {
      if (Math.abs(element.clientWidth - width) < 40) return;
      width = element.clientWidth;
      if (isDrawn.current) begin(flow, element, layout, current);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [flow, layout, current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = arrows[event.key];
    if (!direction || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = neighbour(layout, reached, direction);
    if (next === null) return;
    setChosen(next);
    show(next);
    frame.current?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus({ preventScroll: true });
  };

  return (
    <HeldContext
      value={{
        reached,
        current,
        names: (at) => map.nodes[at]?.name || t('scripts.map.noName'),
        onReach: setChosen,
        onOpen,
      }}
    >
      <div ref={frame} className="relative h-full overflow-hidden bg-paper" onKeyDown={onKeyDown}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={smallest}
          maxZoom={1.4}
          onInit={() => {
            begin(flow, frame.current, layout, current);
            isDrawn.current = true;
          }}
          proOptions={{ hideAttribution: true }}
          aria-label={t('scripts.map.label')}
        />
        <div className="absolute end-3 bottom-3 flex rounded-control border border-line bg-surface p-0.5">
          <IconButton icon={Minus} label={t('scripts.map.smaller')} onPress={() => void flow.zoomOut()} />
          <IconButton icon={Plus} label={t('scripts.map.larger')} onPress={() => void flow.zoomIn()} />
          <IconButton
            icon={Maximize}
            label={t('scripts.map.whole')}
            onPress={() => void flow.fitView({ padding: 0.06, duration: motion() })}
          />
        </div>
      </div>
    </HeldContext>
  );
}

const motion = () => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160);

type Flow = ReturnType<typeof useReactFlow<CardNode | BandNode, WayEdge>>;

/** The whole map where it can be read, else its beginning, or where the preview stands. */
function begin(flow: Flow, frame: HTMLElement | null, layout: Layout, current: number | null): void {
  const { clientWidth: width = 0, clientHeight: height = 0 } = frame ?? {};
  const margin = 24;
  const zoom = Math.min(1, (width - 2 * margin) / layout.width, (height - 2 * margin) / layout.height);
  if (zoom >= readable) {
    void flow.setViewport({
      x: (width - layout.width * zoom) / 2,
      y: Math.max(margin, (height - layout.height * zoom) / 2),
      zoom,
    });
    return;
  }
  const at = layout.cards[current ?? 0];
  if (!at) return;
  const near = 0.8;
  void flow.setViewport({
    x: margin - at.x * near,
    y: Math.min(
      margin - Math.min(0, at.y - 60) * near,
      height / 2 - (at.y + Math.min(at.height, height) / 2) * near,
    ),
    zoom: near,
  });
}

function centre(flow: Flow, frame: HTMLElement | null, layout: Layout, at: number, moves: boolean): void {
  const card = layout.cards[at];
  if (!card || !frame) return;
  const { x, y, zoom } = flow.getViewport();
  const left = card.x * zoom + x;
  const top = card.y * zoom + y;
  const isSeen =
    left >= 0 &&
    top >= 0 &&
    left + card.width * zoom <= frame.clientWidth &&
    top + card.height * zoom <= frame.clientHeight;
  if (isSeen) return;
  void flow.setCenter(card.x + card.width / 2, card.y + card.height / 2, {
    zoom: Math.max(zoom, readable),
    duration: moves ? motion() : 0,
  });
}

export interface MapCanvasProps {
  map: ScriptMap;
  /** The card of the preview's step. */
  current: number | null;
  onOpen: (card: Card) => void;
}

/** The map, drawn: read it with the arrows, or by its list. */
export function MapCanvas(props: MapCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}
