import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorState } from './States';

interface Props {
  children: ReactNode;
  /** Where one is: somewhere else is tried afresh. */
  place?: string;
}

interface State {
  isBroken: boolean;
  place: string | undefined;
}

/** What breaks while it is drawn is said in its place: the rest of the window goes on. */
export class Boundary extends Component<Props, State> {
  override state: State = { isBroken: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { isBroken: false, place: props.place };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    // The engine's own words help nobody here.
    return <ErrorState error={null} onRetry={() => this.setState({ isBroken: false })} />;
  }
}
