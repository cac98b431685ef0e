import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import './i18n';
import { App } from './app/App';
import { size, theme } from './app/look';

theme.apply();

if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
  const { installMock, scenarios } = await import('./ipc/mock');
  const asked = new URLSearchParams(window.location.search).get('mock') ?? '';
  installMock(scenarios[asked]);
}

// After the mock, where there is one.
size.apply();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
