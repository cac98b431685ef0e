// Files that Wellmet has written, opened by the desktop.
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from './States';
import { showError } from './Toast';

const told = (work: Promise<unknown>) =>
  void work.catch((reason: unknown) => showError(errorMessage(reason)));

/** Shows it in its folder. */
export const showFile = (path: string): void => told(run(commands.showFile(path)));

/** Opens what is to be printed in the program that prints it. */
export const openExported = (path: string): void => told(run(commands.openExported(path)));
